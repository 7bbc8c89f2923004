print(..., Ellipsis, None, NotImplemented)
print(... is Ellipsis, None is None, None == 0, [None] == [None])
def f():
    ...
print(f())
