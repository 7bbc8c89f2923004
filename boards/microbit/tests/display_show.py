from microbit import *
display.show("A")
print([display.get_pixel(x, 2) for x in range(5)])
display.show("AB", delay=20)
print([display.get_pixel(x, 0) for x in range(5)])
display.show("abc", delay=20, clear=True)
print([display.get_pixel(x, 0) for x in range(5)])
display.show([Image.HEART, Image.SAD], delay=20)
print([display.get_pixel(x, 1) for x in range(5)])
display.show(7)
print([display.get_pixel(x, 0) for x in range(5)])
display.scroll("Hi", delay=10)
display.scroll(12, 10)
print([display.get_pixel(x, 0) for x in range(5)])
for bad in (None, [1, 2], {}):
    try:
        print(display.show(bad))
    except Exception as e:
        print(repr(e))
try:
    display.scroll([1])
except TypeError as e:
    print(e)
