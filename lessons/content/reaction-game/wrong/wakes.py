from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    sleep(random.randint(1000, 4000))
