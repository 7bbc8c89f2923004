import pyb

switch = pyb.Switch()
count = 0
was_down = False

while True:
    pyb.LED(1).toggle()
    for i in range(10):
        is_down = switch.value()
        if is_down:
            pyb.LED(4).on()
            if not was_down:
                count += 1
                print('presses', count)
        else:
            pyb.LED(4).off()
        was_down = is_down
        pyb.delay(30)
