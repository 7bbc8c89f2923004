from microbit import *
import radio

radio.on()
radio.config(group=7)
while True:
    if button_a.was_pressed():
        radio.send('heart')
        display.show(Image.ARROW_N)
    message = radio.receive()
    if message == 'heart':
        display.show(Image.HEART)
    sleep(100)
