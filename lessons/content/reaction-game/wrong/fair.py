from microbit import *
import random

while True:
    display.show(Image.ASLEEP)
    sleep(random.randint(1000, 4000))
    if button_a.was_pressed():
        display.show(Image.NO)
        sleep(2000)
    else:
        display.show(Image.SURPRISED)
        start = running_time()
        while not button_a.is_pressed():
            sleep(1)
        time = running_time() - start
        display.show(Image.HAPPY)
        sleep(1000)
        display.show(Image.NO)
        sleep(1000)
        display.scroll(time)
