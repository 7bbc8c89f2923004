from microbit import *


def show_bar(value):
    display.clear()
    for row in range(5):
        if value > row * 8:
            for x in range(5):
                display.set_pixel(x, 4 - row, 9)


while True:
    show_bar(temperature())
    if button_a.was_pressed():
        display.scroll(temperature())
    sleep(500)
