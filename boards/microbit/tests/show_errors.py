# What goes wrong in an animation: where it is raised, and what nobody hears of.
from microbit import *


def answer(what):
    try:
        print(what())
    except Exception as e:
        print(repr(e))


def numbers():
    yield Image.HEART
    yield 5


def raising():
    yield Image.HEART
    raise ValueError("lost: there is no memory for it")


def allocating():
    yield Image.HEART
    yield "x" + str(1)


answer(lambda: display.show([1, 2]))
answer(lambda: display.show([Image.HEART, 5], delay=10))
answer(lambda: display.show([Image.HEART, "ab", Image.HAPPY], delay=10))
print(display.get_pixel(1, 0), display.get_pixel(0, 0))
answer(lambda: display.show(numbers(), delay=10))
answer(lambda: display.show(raising(), delay=10))
answer(lambda: display.show(allocating(), delay=10))
answer(lambda: display.show(5 for i in range(3)))
answer(lambda: display.show(range(3)))
answer(lambda: display.show({1: 2}))
answer(lambda: display.show(None))
answer(lambda: display.show(numbers(), loop=True, delay=10))
answer(lambda: display.show({1: 2}, loop=True))
answer(lambda: display.show([], loop=True))
answer(lambda: display.show([], clear=True))
answer(lambda: display.show((), wait=False))
answer(lambda: display.show(["a", "b"], delay=10, clear=True))
print([display.get_pixel(x, 2) for x in range(5)])
display.show((Image.HEART, Image.HAPPY), delay=20, wait=False, loop=True)
sleep(110)
print(display.get_pixel(1, 0))
display.clear()
