def counter(start):
    n = start
    def step(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return step, get
s, g = counter(10)
print(s(), s(5), g())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
def outer():
    x = 1
    class C:
        y = x
        def m(self):
            return x
    x = 2
    return C
print(outer()().m(), outer().y)
