def count(n):
    while n > 0:
        got = yield n
        if got:
            n = got
        n -= 1
print(list(count(3)))
g = count(10)
print(next(g), g.send(5), next(g))
def both():
    yield from count(2)
print(list(both()), sum(x * x for x in range(5)), any(x > 3 for x in range(5)), all([]))
class Up:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        self.i = 0
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
print(list(Up(4)), [a for a in Up(2)])
try:
    next(iter([]))
except StopIteration as e:
    print("stop", repr(e))
