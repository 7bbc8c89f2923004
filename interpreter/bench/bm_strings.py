import time

def work():
    words = []
    for i in range(8000):
        words.append("%d-%s" % (i, "ab" * (i % 3)))
    return len(",".join(words).upper())

for _ in range(4):
    t = time.ticks_us()
    r = work()
    print(time.ticks_diff(time.ticks_us(), t), r)
