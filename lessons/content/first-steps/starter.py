from microbit import *

display.show(Image.SAD)
