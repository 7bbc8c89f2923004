def f(a):
    pass
for call in (lambda: f(b=1), lambda: f(1, c=2), lambda: len(x=1), lambda: f(1, 2)):
    try:
        call()
    except TypeError as e:
        print(e)
