from microbit import *

count = 0
display.show(count)
while True:
    if button_a.was_pressed():
        count += 1
        display.show(count % 10)
    elif button_b.was_pressed():
        count = 0
        display.show(count)
    sleep(50)
