from microbit import *
import time
a = running_time()
sleep(100)
b = running_time()
print(98 <= b - a <= 104, sleep(-5), sleep(1.7), time.ticks_diff(5, 10), time.ticks_add(1, 2))
for f in (lambda: sleep("a"), lambda: sleep(), lambda: sleep(1, 2), lambda: sleep(None)):
    try:
        f()
    except Exception as e:
        print(repr(e))
