from microbit import *
import random

while True:
    display.show(Image.HAPPY)
    sleep(1000)
