class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v)
        return self.swallow
with M("a") as a:
    print("body", a)
with M("b", True):
    raise ValueError("x")
with M("c") as c, M("d") as d:
    print(c, d)
def f():
    with M("r"):
        return "returned"
print(f())
for i in range(3):
    with M(i):
        if i == 1:
            break
try:
    with M("e"):
        1 / 0
except ZeroDivisionError:
    print("out")
