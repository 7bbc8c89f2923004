from microbit import *
display.show("A")
print([display.get_pixel(x, 2) for x in range(5)])
display.show("AB", delay=1000, wait=False)
print([display.get_pixel(x, 0) for x in range(5)])
display.show([Image.SAD, Image.HAPPY], delay=1000, wait=False)
print([display.get_pixel(x, 1) for x in range(5)])
display.show(7)
print([display.get_pixel(x, 0) for x in range(5)])
display.scroll("Hi", delay=500, wait=False)
print([display.get_pixel(4, y) for y in range(5)])
display.show(Image.HEART)
print([display.get_pixel(x, 4) for x in range(5)], display.show(""), display.show([]))
for bad in (None, [1, 2]):
    try:
        print(display.show(bad))
    except Exception as e:
        print(repr(e))
for f in (lambda: display.scroll([1]), lambda: display.scroll(), lambda: display.show(Image.HEART, foo=1)):
    try:
        f()
    except TypeError as e:
        print(e)
