import pyb

while True:
    pyb.LED(1).toggle()
    pyb.LED(4).on()
    pyb.delay(300)
