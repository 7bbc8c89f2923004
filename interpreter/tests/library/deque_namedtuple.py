# collections: deque at its limits, namedtuple's arguments.
from ucollections import deque, namedtuple
d = deque((), 3); 
for i in range(5): d.append(i)
print(list(d), len(d), d[0], d[-1], bool(d), bool(deque((),1)))
d.appendleft(9); print(list(d)); d[1]=7; print(list(d), d.pop(), d.popleft(), list(d))
for f in (lambda: d[5], lambda: d.__delitem__(0), lambda: deque((),-1), lambda: deque((),"a"), lambda: deque(()), lambda: deque(5,1), lambda: deque((),0).pop(), lambda: deque((),0).append(1), lambda: deque((),0,1).append(1), lambda: deque([1,2,3],2,1), lambda: list(deque([1,2,3],2)), lambda: d["a"], lambda: {d:1} and 1, lambda: d == d, lambda: d == deque((),3), lambda: print(str(d)[:6])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for n, f in (("P", "a b"), ("P", ["a","b"]), ("P", "a,b"), ("P", 5), (5, "a"), ("P", (1,2)), ("E", "")):
    try:
        T = namedtuple(n, f)
        print(T, T(*range(len(T.__bases__) and 2)) if n != "E" else T())
    except Exception as e: print(type(e).__name__, e)
P = namedtuple("P", "x y")
for f in (lambda: P(1), lambda: P(1,2,3), lambda: P(1,x=2), lambda: P(x=1,z=2), lambda: P(y=1,x=2), lambda: P(1,2)==(1,2), lambda: P(1,2)+(3,), lambda: P(1,2)[0:1], lambda: P(1,2).z, lambda: setattr(P(1,2),"x",1), lambda: hash(P(1,2))==hash((1,2)), lambda: P(1,2) < (1,3), lambda: isinstance(P(1,2), tuple), lambda: P(1,[2])*2):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Q(P):
    def s(self): return self.x + self.y
print(Q(1,2), Q(1,2).s(), Q(1,2)[1])
