class A:
    "doc"
    def f(self):
        pass
print(A.__name__, A().__class__ is A, type(A), A.f.__name__ if hasattr(A.f, "__name__") else "f")
print(callable(A), callable(A().f), callable(5), type(A().f))
print(A.__qualname__, A.__module__)
