from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    button_a.was_pressed()
    sleep(random.randint(1000, 4000))
    display.show(Image.SURPRISED)
    start = running_time()
    while not button_a.was_pressed():
        sleep(1)
    time = running_time() - start
    display.show(Image.HAPPY)
    sleep(1000)
    display.scroll(time)
