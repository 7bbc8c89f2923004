from microbit import *
import random

display.show('?')
while True:
    if accelerometer.was_gesture('shake'):
        display.clear()
        sleep(300)
        display.show(random.randint(1, 6))
