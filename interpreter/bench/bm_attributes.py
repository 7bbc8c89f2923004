import time

class Point:
    def __init__(self):
        self.x = 0

    def move(self, by):
        self.x += by

def work():
    p = Point()
    for i in range(60000):
        p.move(i)
    return p.x

for _ in range(4):
    t = time.ticks_us()
    r = work()
    print(time.ticks_diff(time.ticks_us(), t), r)
