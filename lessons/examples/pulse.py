import pyb

level = 0
step = 5
while True:
    pyb.LED(4).intensity(level)
    level += step
    if level <= 0 or level >= 255:
        step = -step
    pyb.delay(20)
