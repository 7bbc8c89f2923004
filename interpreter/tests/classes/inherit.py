class A:
    def __init__(self, x):
        self.x = x
    def who(self):
        return "A"
    def show(self):
        return self.who() + str(self.x)
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def who(self):
        return "B" + super().who()
class C(B):
    def who(self):
        return "C" + super().who()
print(A(1).show(), B(2, 3).show(), C(4, 5).show(), C(4, 5).y)
print(issubclass(C, A), isinstance(B(1, 2), A), isinstance(A(1), B), C.__bases__ == (B,))
