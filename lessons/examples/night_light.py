from microbit import *

while True:
    light = display.read_light_level()
    if light < 50:
        display.show(Image('00000:09990:09990:09990:00000'))
    else:
        display.clear()
    sleep(200)
