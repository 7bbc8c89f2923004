class Ctx:
    def __init__(self, swallow):
        self.swallow = swallow
    def __enter__(self):
        print("enter")
        return self
    def __exit__(self, kind, value, tb):
        print("exit", kind, value)
        return self.swallow
with Ctx(False) as c:
    print("body", c.swallow)
with Ctx(True):
    1 / 0
try:
    with Ctx(False):
        raise ValueError("out")
except ValueError as e:
    print("got", e)
with 5:
    pass
