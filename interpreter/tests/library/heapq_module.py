# heapq: order, stability of what compares equal, errors.
import uheapq as heapq

h = []
for n in (5, 1, 4, 1, 5, 9, 2, 6, 5, 3):
    heapq.heappush(h, (n, len(h)))
    print(h)
while h:
    print(heapq.heappop(h), h)
h = list("the quick brown fox")
heapq.heapify(h)
print(h)


class Backwards:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n > other.n


h = [Backwards(n) for n in range(7)]
heapq.heapify(h)
print([b.n for b in h])
for f, a in ((heapq.heappop,([],)),(heapq.heappush,((),1)),(heapq.heapify,(1,)),(heapq.heapify,([1,"a"],))):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
