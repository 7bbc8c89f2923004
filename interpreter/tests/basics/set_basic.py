a = {1, 2, 3}
b = {3, 4}
print(a | b == {1, 2, 3, 4}, a & b, a - b == {1, 2}, a ^ b == {1, 2, 4})
a.add(9)
a.discard(100)
a.remove(1)
print(sorted(a), 9 in a, len(a))
print(set("hello") == {"h", "e", "l", "o"}, {1} < {1, 2}, {1, 2} >= {2}, {1}.isdisjoint({2}))
try:
    a.remove("nope")
except KeyError as e:
    print("KeyError", e)
print(sorted({x % 3 for x in range(10)}), frozenset([1]) == {1})
