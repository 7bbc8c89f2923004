print([x * x for x in range(5)])
print([x for x in range(20) if x % 3 == 0 if x % 2])
print([(x, y) for x in range(3) for y in range(x)])
print([[i * j for j in range(3)] for i in range(3)])
x = "outer"
print([x for x in "ab"], x)
n = 10
print([n + i for i in range(3)])
