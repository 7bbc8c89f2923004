from microbit import *
i = Image("90000:00000:00900:00000:00009")
print(repr(i.shift_left(1)), repr(i.shift_right(2)), repr(i.shift_up(1)), repr(i.shift_down(-1)))
print(repr(i.invert()), repr(i.crop(1, 1, 3, 3)), repr(i.copy()), i.copy() == i, i == i)
c = i.copy()
c.set_pixel(1, 1, 5)
c.blit(Image.HEART, 0, 0, 2, 2, 3, 3)
print(repr(c), c.get_pixel(1, 1))
c.fill(4)
print(repr(c))
for f in (lambda: Image.HEART.set_pixel(0, 0, 9), lambda: i.set_pixel(9, 0, 9), lambda: i.set_pixel(-1, 0, 9),
          lambda: i.set_pixel(0, 0, 10), lambda: i.get_pixel(5, 5), lambda: i.fill(10), lambda: i.blit(1, 0, 0, 1, 1)):
    try:
        f()
    except Exception as e:
        print(repr(e))
