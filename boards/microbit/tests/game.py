from microbit import *
class Ball:
    def __init__(self, x, y, dx, dy):
        self.x, self.y, self.dx, self.dy = x, y, dx, dy
    def move(self):
        for axis in ("x", "y"):
            value = getattr(self, axis) + getattr(self, "d" + axis)
            if not 0 <= value <= 4:
                setattr(self, "d" + axis, -getattr(self, "d" + axis))
                value = getattr(self, axis) + getattr(self, "d" + axis)
            setattr(self, axis, value)
balls = [Ball(0, 0, 1, 1), Ball(4, 2, -1, 1)]
for step in range(6):
    display.show(Image())
    for level, ball in enumerate(balls):
        ball.move()
        display.set_pixel(ball.x, ball.y, 9 - 4 * level)
    print(step, "/".join("".join(str(display.get_pixel(x, y)) for x in range(5)) for y in range(5)))
    sleep(10)
