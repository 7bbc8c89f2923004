from microbit import *

while True:
    display.show(Image.HEART)
    sleep(500)
    display.show(Image.HEART_SMALL)
    sleep(500)
    if button_a.is_pressed():
        display.show(Image.HAPPY)
        sleep(1000)
