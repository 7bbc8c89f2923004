# Where a built-in base comes first, its own operators come before the methods of the classes after it.
class Loud:
    def __str__(self): return "Loud"
    def __len__(self): return 42
    def __contains__(self, x): return True
    def __getitem__(self, i): return ("Loud", i)
    def __iter__(self): return iter("LOUD")
    def __call__(self, *args): return ("call", args)
    def __neg__(self): return "negated"
    def shout(self): return "LOUD!"

class First(tuple, Loud): pass
class Last(Loud, tuple): pass
class Failure(Exception, Loud): pass

operations = (str, len, lambda o: 9 in o, lambda o: o[0], list, lambda o: o(), lambda o: -o,
    lambda o: o.shout(), lambda o: o.__str__(), lambda o: o.__len__())
for make in (First, Last, Failure):
    for i, operation in enumerate(operations):
        try: print(make.__name__, i, operation(make((1, 2, 3))))
        except Exception as e: print(make.__name__, i, type(e).__name__, e)

# The built-in part is there once super().__init__() or the class's own __init__ is through.
class Early(list):
    def __init__(self, a):
        try: self.append(a)
        except AttributeError as e: print(e)
        super().__init__()
        self.append(a)
print(Early(5))

# super() gives a property as it is.
class A:
    @property
    def p(self): return 1
class B(A):
    @property
    def p(self): return super().p
print(B().p)

# A class is told nothing of those that derive from it, nor its instances of their end.
class Base:
    def __init_subclass__(cls): print("never")
    def __del__(self): print("never")
class Derived(Base): pass
Derived()
import gc
gc.collect()

class Listed:
    def __dir__(self): return "cba"
print(dir(Listed()))
