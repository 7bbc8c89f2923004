from microbit import *

while True:
    display.show(Image.HEART)
    sleep(20)
    display.show(Image.HEART_SMALL)
    sleep(20)
