from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    sleep(2000)
    display.show(Image.SURPRISED)
    sleep(1000)
