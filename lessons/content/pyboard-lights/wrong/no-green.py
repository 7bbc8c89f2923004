import pyb

pyb.LED(1).on()
pyb.LED(2).on()
