from microbit import *

display.show(Image.HEART)
sleep(1000)
while True:
    display.scroll('Hello')
    if button_a.was_pressed():
        display.show(Image.HAPPY)
        sleep(1000)
