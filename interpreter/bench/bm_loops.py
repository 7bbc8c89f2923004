import time

def work():
    total = 0
    for i in range(300000):
        if i & 1:
            total += i
    return total

for _ in range(4):
    t = time.ticks_us()
    r = work()
    print(time.ticks_diff(time.ticks_us(), t), r)
