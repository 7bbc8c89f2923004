from microbit import *

display.show(Image.HEART)
sleep(500)
display.show(Image.HEART_SMALL)
sleep(500)
