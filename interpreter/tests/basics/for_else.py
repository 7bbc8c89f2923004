for i in range(5):
    if i == 3:
        break
else:
    print("no")
print(i)
for i in []:
    pass
else:
    print("empty")
for i in range(3):
    for j in range(3):
        if j == i:
            break
        print(i, j)
    else:
        print("else", i)
