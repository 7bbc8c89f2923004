g = (x * x for x in range(4))
print(next(g), list(g), list(g))
print(sum(x for x in range(10) if x % 2), any(x > 3 for x in range(5)), all(x for x in [1, 0]))
print(max(len(w) for w in ["a", "bbb", "cc"]), dict((k, v) for k, v in [("a", 1)]))
def naturals():
    n = 0
    while True:
        yield n
        n += 1
print([n for n, _ in zip(naturals(), range(5))])
