total = 1 + \
    2 + \
    3
data = [
    1,
    2,  # comment
    3,
]
print(total, data, (1 +
                    2))
s = ("a"
     "b")
print(s)
if (total == 6 and
        len(data) == 3):
    print("joined")
