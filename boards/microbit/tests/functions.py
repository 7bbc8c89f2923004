def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, sorted(kw.items())
print(f(1), f(1, 5), f(1, 2, 3, 4, c=6, d=7))
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    return inner
count = outer()
count()
print(count(), count())
def fib(n):
    a, b = 0, 1
    while n:
        a, b = b, a + b
        n -= 1
    return a
print([fib(i) for i in range(10)], fib(100))
print((lambda x, y=3: x * y)(4), max([3, 9, 2], key=lambda v: -v), sorted("hello", reverse=True))
for call in (lambda: f(), lambda: count(1), lambda: f(1, a=2)):
    try:
        call()
    except TypeError as e:
        print(e)
