# What display.show refuses at once.
from microbit import *


def answer(what):
    try:
        print(what())
    except Exception as e:
        print(repr(e))


def numbers():
    yield Image.HEART
    yield 5


answer(lambda: display.show([1, 2]))
answer(lambda: display.show(5 for i in range(3)))
answer(lambda: display.show(range(3)))
answer(lambda: display.show({1: 2}))
answer(lambda: display.show(None))
answer(lambda: display.show(numbers(), loop=True, delay=10))
answer(lambda: display.show({1: 2}, loop=True))
answer(lambda: display.show([], loop=True))
