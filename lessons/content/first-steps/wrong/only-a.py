from microbit import *

while True:
    display.show(Image.HEART)
    sleep(500)
    display.show(Image.HEART_SMALL)
    sleep(500)
    if button_a.was_pressed():
        sleep(100)
    display.show(Image.HAPPY)
    sleep(1000)
