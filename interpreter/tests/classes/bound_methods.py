# Bound methods compare by what they are bound to, and have a hash; next() passes on what StopIteration carries.
class A:
    def f(self): pass
    def g(self): pass
    def __eq__(self, other): return True
    def __hash__(self): return 1
a = A(); b = A()
print(a.f == a.f, a.f == b.f, a.f == a.g, a.f != a.f, a.f == None, hash(a.f) == hash(a.f), hash(a.f) == hash(a.g), {a.f: 1}[a.f])
class Count:
    def __iter__(self): return self
    def __next__(self): raise StopIteration(42)
class Items:
    def __getitem__(self, i): raise StopIteration(42)
def gen(x):
    return x
    yield
for make in (Count, lambda: iter(Items()), lambda: enumerate(Count()), lambda: map(len, Count()), lambda: zip(Count()), lambda: filter(None, Count()),
        lambda: gen(5), lambda: gen(None), lambda: enumerate(gen(5)), lambda: iter([])):
    try: next(make())
    except StopIteration as e: print(e.args)
print(next(Count(), "end"), next(gen(5), "end"))
it = gen(1)
for _ in range(2):
    try: next(it)
    except StopIteration as e: print(e.args)
nan = float("nan") * 1j
print(nan == nan, 1j == 1j, {1, 2}.__contains__(1), frozenset((1,)).__contains__(3))
try: slice(1)
except TypeError as e: print(e)
