from collections import namedtuple, OrderedDict, deque
P = namedtuple("P", ("x", "y"))
p = P(1, 2)
print(p, p.x, p[1], p == (1, 2), len(p), P(y=5, x=4))
a, b = p
print(a + b)
d = OrderedDict([("z", 1), ("a", 2)])
d["m"] = 3
print(d, list(d.keys()), d.popitem())
q = deque((), 3)
for i in range(5):
    q.append(i)
print(len(q), q.popleft(), q.popleft())
