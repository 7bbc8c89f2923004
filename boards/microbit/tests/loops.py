total = 0
for i in range(10):
    if i == 3:
        continue
    if i == 8:
        break
    total += i
else:
    print("never")
print(total)
n = 5
while n:
    n -= 1
else:
    print("done", n)
for a, b in zip("abc", [1, 2, 3]):
    print(a, b, end=" ")
print()
for i, c in enumerate("xyz"):
    print(i, c, sep="-")
print([x * y for x in range(3) for y in range(3) if x != y])
print(list(range(10, 0, -3)), sum(range(101)), list(reversed([1, 2, 3])))
print({k: v for k, v in [(1, 2)]}, sorted({3, 1, 2}), list(map(str, [1, 2])), list(filter(None, [0, 1, 2])))
