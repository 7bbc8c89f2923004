for args in ((5,), (2, 5), (5, 2), (0, 10, 3), (10, 0, -3), (0, -5, -1), (3, 3)):
    print(list(range(*args)), len(range(*args)))
for i in range(10, 0, -4):
    print(i)
n = 4
for i in range(n):
    n = 10
    print(i, n)
print(range(3), range(1, 9, 2), range(10)[3], range(10)[2:5], 4 in range(0, 10, 2), 5 in range(0, 10, 2))
