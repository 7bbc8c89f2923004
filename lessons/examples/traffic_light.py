import pyb

switch = pyb.Switch()

while True:
    pyb.LED(1).on()
    while not switch.value():
        pyb.delay(20)
    pyb.LED(3).on()
    pyb.delay(1000)
    pyb.LED(1).off()
    pyb.LED(3).off()
    pyb.LED(2).on()
    pyb.delay(3000)
    pyb.LED(2).off()
    pyb.LED(3).on()
    pyb.delay(1000)
    pyb.LED(3).off()
