import time

def count(n):
    for i in range(n):
        yield i

def work():
    return sum(x * 2 for x in count(40000))

for _ in range(4):
    t = time.ticks_us()
    r = work()
    print(time.ticks_diff(time.ticks_us(), t), r)
