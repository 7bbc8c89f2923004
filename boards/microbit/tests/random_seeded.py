import random
for s in (0, 1, 2, 42, 12345):
    random.seed(s)
    print(s, [random.randint(1, 100) for _ in range(8)])
random.seed(1)
print([random.randint(1, 6) for _ in range(5)], random.random(), random.choice([1, 2, 3]), random.randrange(10), random.uniform(1, 2), random.getrandbits(8))
for f in (lambda: random.randint(6, 1), lambda: random.choice([]), lambda: random.randrange(0), lambda: random.randint(1), lambda: random.getrandbits(33)):
    try:
        f()
    except Exception as e:
        print(repr(e))
