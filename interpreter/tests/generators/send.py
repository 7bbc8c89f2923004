def acc():
    total = 0
    while True:
        v = yield total
        if v is None:
            return total
        total += v
g = acc()
print(next(g), g.send(5), g.send(7))
try:
    g.send(None)
except StopIteration as e:
    print(e.value)
try:
    acc().send(3)
except TypeError as e:
    print(e)
