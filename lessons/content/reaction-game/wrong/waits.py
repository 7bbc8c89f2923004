from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    sleep(random.randint(1, 4))
    display.show(Image.SURPRISED)
    sleep(1000)
