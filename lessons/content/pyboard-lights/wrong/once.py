import pyb

switch = pyb.Switch()
count = 0

while True:
    pyb.LED(1).toggle()
    for i in range(10):
        if switch.value():
            pyb.LED(4).on()
            count += 1
            print(count)
            pyb.delay(250)
        else:
            pyb.LED(4).off()
        pyb.delay(30)
