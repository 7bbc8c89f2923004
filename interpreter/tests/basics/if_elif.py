def grade(n):
    if n >= 90:
        return "A"
    elif n >= 80:
        return "B"
    elif n >= 70:
        return "C"
    else:
        return "F"
for n in (95, 85, 75, 65):
    print(n, grade(n))
if True:
    print("t")
if False:
    print("no")
elif 1:
    print("elif")
