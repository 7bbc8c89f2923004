def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(fact(5), fact(30))
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
print([fib(i) for i in range(15)])
def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(6, "A", "B", "C"))
def deep(n):
    return deep(n + 1)
try:
    deep(0)
except RuntimeError as e:
    print(e)
