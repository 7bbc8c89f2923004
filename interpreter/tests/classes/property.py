class T:
    def __init__(self):
        self._c = 0
    @property
    def f(self):
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v):
        self._c = (v - 32) * 5 / 9
    @property
    def ro(self):
        return "ro"
    @staticmethod
    def s(x):
        return x * 2
    @classmethod
    def make(cls, c):
        t = cls()
        t._c = c
        return t
t = T()
print(t.f)
t.f = 212
print(t._c, T.s(4), t.s(5), T.make(10).f)
try:
    t.ro = 1
except AttributeError:
    print("AttributeError")
class U(T):
    pass
print(type(U.make(1)).__name__, U().ro)
