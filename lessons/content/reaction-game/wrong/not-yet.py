from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    sleep(random.randint(1000, 4000))
    display.show(Image.SURPRISED)
    sleep(500)
    display.show(Image.HAPPY)
    sleep(1000)
