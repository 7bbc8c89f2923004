t = (1, "a", None)
print(t, t[1], t[-1], t[:2], len(t), () == tuple(), (1,) * 3)
a, (b, c), *d = 1, (2, 3), 4, 5
print(a, b, c, d)
first, *mid, last = range(6)
print(first, mid, last)
x, y = y, x = 1, 2
print(x, y, (1, 2) < (1, 3), (1, 2) + (3,), 2 in t)
print(t.count(1), t.index(None), tuple("abc"))
try:
    t[0] = 1
except TypeError as e:
    print(e)
