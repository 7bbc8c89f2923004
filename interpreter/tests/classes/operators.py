class V:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, o):
        return V(self.x + o.x, self.y + o.y)
    def __sub__(self, o):
        return V(self.x - o.x, self.y - o.y)
    def __mul__(self, k):
        return V(self.x * k, self.y * k)
    def __rmul__(self, k):
        return self * k
    def __neg__(self):
        return V(-self.x, -self.y)
    def __eq__(self, o):
        return isinstance(o, V) and (self.x, self.y) == (o.x, o.y)
    def __lt__(self, o):
        return self.x < o.x
    def __repr__(self):
        return "V(%d, %d)" % (self.x, self.y)
    def __len__(self):
        return 2
    def __getitem__(self, i):
        return (self.x, self.y)[i]
    def __contains__(self, v):
        return v in (self.x, self.y)
    def __bool__(self):
        return self.x != 0 or self.y != 0
    def __hash__(self):
        return self.x * 31 + self.y
    def __call__(self, n):
        return V(self.x + n, self.y + n)
a, b = V(1, 2), V(3, 4)
print(a + b, a - b, a * 3, 3 * a, -a, a == V(1, 2), a != b, a < b)
print(len(a), a[0], a[1], 2 in a, 9 in a, bool(V(0, 0)), list(a), a(10))
print({a: "x"}[V(1, 2)], sorted([b, a]), str(a), [a])
a += b
print(a)
if not V(0, 0):
    print("falsy")
try:
    a / 2
except TypeError as e:
    print(e)
