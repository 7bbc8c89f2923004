# Bounds of a range are machine words; what is beyond them raises.
from sys import maxsize
def attempt(f):
    try: print(f() if callable(f) else f)
    except Exception as e: print(type(e).__name__, e)
low = range(-maxsize + 1, -1)
print(low.start == -maxsize + 1, low[0] == -maxsize + 1, low[-1], low[-2])
down = range(maxsize, 0, -1)
print(len(down) == maxsize, down[1] == maxsize - 1, [i == maxsize - k for k, i in zip(range(3), down)])
print(len(range(0, maxsize - 1)) == maxsize - 1, range(maxsize - 5, maxsize)[2:4].start == maxsize - 3)
attempt(lambda: range(-maxsize - 1, 0))
attempt(lambda: range(maxsize + 1, maxsize + 2))
attempt(lambda: len(range(-maxsize, maxsize)))
attempt(lambda: len(range(-maxsize, maxsize, maxsize)))
attempt(lambda: range("1"))
attempt(lambda: range(1.0))
attempt(lambda: range(1, 2, 0))
print(1.0 in range(3), 1.5 in range(3), "a" in range(3), True in range(2), 7 in range(1, 10, 3), 10 in range(1, 10, 3), -2 in range(4, -5, -3))
print(range(3)[::-1], range(10)[2:8:3])
l = [1, 2, 3, 4]
for change in ("del l[::2]", "l[::2] = [1]", "l[0:4:2] = 5"):
    try: exec(change)
    except Exception as e: print(repr(e))
attempt(lambda: {1: 2}.keys() & {1})
attempt(lambda: {1: 2}.keys() == {1})
attempt(lambda: {1: 2}.keys() == {1: 3}.keys())
import struct
attempt(lambda: struct.pack("b b", 1, 2))
