from microbit import *

display.scroll('heart')
