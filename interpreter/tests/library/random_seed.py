import random
random.seed(1)
a = [random.randint(1, 6) for _ in range(10)]
random.seed(1)
b = [random.randint(1, 6) for _ in range(10)]
print(a == b, all(1 <= x <= 6 for x in a))
print(a, random.getrandbits(8), random.randrange(10), random.randrange(5, 10), random.choice("abc"))
print(0 <= random.random() < 1, 1 <= random.uniform(1, 2) <= 2)
