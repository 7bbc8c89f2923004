def f(a, b=2, *args, c, d=4, **kw):
    print(a, b, args, c, d, sorted(kw.items()))
f(1, c=3)
f(1, 5, 6, 7, c=8, d=9, e=10)
f(*[1, 2, 3], **{"c": 4, "z": 5})
def g(a, b=[]):
    b.append(a)
    return b
print(g(1), g(2), g(3, []))
def h(*, k=1):
    return k
print(h(), h(k=2))
print((lambda x, y=2: x + y)(1), (lambda *a: a)(1, 2))
