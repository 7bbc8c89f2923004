def gen(n):
    for i in range(n):
        print("yield", i)
        yield i
g = gen(3)
print(next(g))
for x in g:
    print("got", x)
print(list(gen(2)))
def two():
    yield 1
    return "done"
g = two()
next(g)
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(next(g, "default"))
