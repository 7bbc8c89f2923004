import time

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def work():
    return fib(21)

for _ in range(4):
    t = time.ticks_us()
    r = work()
    print(time.ticks_diff(time.ticks_us(), t), r)
