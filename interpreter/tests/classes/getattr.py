class P:
    def __init__(self):
        self.real = 1
    def __getattr__(self, name):
        if name.startswith("x"):
            return name * 2
        raise AttributeError(name)
p = P()
print(p.real, p.x1, getattr(p, "xyz"), hasattr(p, "nope"))
try:
    p.nope
except AttributeError as e:
    print("AttributeError", e)
class Q:
    pass
try:
    Q().thing
except AttributeError as e:
    print(e)
try:
    Q.thing
except AttributeError as e:
    print(e)
try:
    (5).thing
except AttributeError as e:
    print(e)
