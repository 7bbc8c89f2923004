def f(a, b):
    pass
def g(a, *, k):
    pass
def t(fn):
    try:
        fn()
        print("ok")
    except TypeError as e:
        print(e)
t(lambda: f())
t(lambda: f(1, 2, 3))
t(lambda: f(1, c=2))
t(lambda: f(1, 2, a=3))
t(lambda: g(1))
t(lambda: f(b=1))
t(lambda: len())
t(lambda: len(1))
