import pyb

while True:
    for number in range(1, 5):
        pyb.LED(number).on()
        pyb.delay(150)
        pyb.LED(number).off()
