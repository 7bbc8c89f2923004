import pyb

switch = pyb.Switch()

while True:
    pyb.LED(1).toggle()
    for i in range(10):
        if switch.value():
            pyb.LED(4).on()
        else:
            pyb.LED(4).off()
        pyb.delay(30)
