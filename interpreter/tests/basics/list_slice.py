a = list(range(10))
print(a[2:5], a[:3], a[7:], a[-3:], a[::2], a[::-1], a[8:2:-2], a[20:], a[5:2])
a[2:4] = ["a", "b", "c"]
print(a)
a[:2] = []
print(a)
del a[1:3]
print(a)
del a[0]
print(a)
a += (1, 2)
print(a)
