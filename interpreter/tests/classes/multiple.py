class A:
    def f(self):
        return "A.f"
    def g(self):
        return "A.g"
class B:
    def g(self):
        return "B.g"
    def h(self):
        return "B.h"
class C(A, B):
    pass
class D(B, A):
    def h(self):
        return "D" + super().h()
print(C().f(), C().g(), C().h(), D().g(), D().h(), D().f())
