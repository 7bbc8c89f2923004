class Count:
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
print(list(Count(4)), sum(Count(3)), [x * 2 for x in Count(2)], 2 in Count(5))
a, b, c = Count(3)
print(a, b, c, max(Count(5)), tuple(zip(Count(2), "ab")))
class Seq:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq())
