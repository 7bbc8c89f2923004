a = [3, 1, 2]
a.append(9)
a.extend([5, 5])
a.insert(0, 7)
print(a, len(a), a.index(9), a.count(5), a[1:3], a[::2], a[-1])
a.sort()
print(a, a.pop(), a.pop(0), a)
a.remove(5)
a.reverse()
print(a, [0] * 3, [1] + [2], 3 in a, sum(a), max(a), min(a))
b = a[:]
b[0] = 100
del b[1]
print(a, b, a == b, [1, 2] < [1, 3])
m = [[0] * 3 for _ in range(2)]
m[1][2] = 5
print(m)
x, *rest = [1, 2, 3]
print(x, rest)
for f in (lambda: [].pop(), lambda: [1].remove(2), lambda: [1, 2][5], lambda: [1]["a"], lambda: [1] + (2,)):
    try:
        f()
    except Exception as e:
        print(repr(e))
