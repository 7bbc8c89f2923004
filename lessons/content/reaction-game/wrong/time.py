from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    start = running_time()
    sleep(random.randint(1000, 4000))
    display.show(Image.SURPRISED)
    while not button_a.was_pressed():
        sleep(1)
    time = running_time() - start
    display.show(Image.HAPPY)
    sleep(1000)
    display.scroll(time)
