def f(x):
    print("f", x)
    return x
print(f(1) < f(2) < f(3))
print(f(3) < f(2) < f(1))
print(1 < 2 > 1 == 1 != 2)
print(1 in [1] in [[1]], not 1 in [2], 1 is 1)
