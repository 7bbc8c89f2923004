from microbit import *
display.show(Image())
for i in range(5):
    display.set_pixel(i, i, 9 - i)
print([[display.get_pixel(x, y) for x in range(5)] for y in range(5)])
display.show(Image.HEART)
print([display.get_pixel(x, 0) for x in range(5)], display.is_on())
display.off()
print(display.is_on())
display.on()
for args in ((5, 0, 1), (0, 0, 10), (-1, 0, 1), ("a", 0, 1)):
    try:
        display.set_pixel(*args)
    except Exception as e:
        print(repr(e))
