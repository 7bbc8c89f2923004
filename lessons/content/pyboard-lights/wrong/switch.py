import pyb

while True:
    pyb.LED(1).toggle()
    if pyb.Switch().value():
        pyb.LED(4).on()
    pyb.delay(300)
