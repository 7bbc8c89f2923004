from microbit import *
print(pin0, pin3, pin5)
pin0.write_digital(1)
print(pin0.get_mode())
pin0.write_analog(511.7)
print(pin0.get_mode())
pin0.set_pull(pin0.PULL_UP)
print(pin0.get_pull(), pin0.get_mode(), pin0.PULL_UP, pin0.PULL_DOWN, pin0.NO_PULL)
print([p.get_mode() for p in (pin1, pin3, pin5, pin8, pin11, pin16, pin19, pin20)])
for f in (lambda: pin0.write_digital(2), lambda: pin0.write_analog(1024), lambda: pin3.read_digital(), lambda: pin5.write_digital(1),
          lambda: pin19.read_digital(), lambda: pin8.read_analog(), lambda: pin1.get_pull(), lambda: pin0.write_digital("a"),
          lambda: pin0.write_digital()):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
