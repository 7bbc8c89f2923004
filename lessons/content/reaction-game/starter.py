from microbit import *
import random

while True:
    display.clear()
    sleep(1000)
