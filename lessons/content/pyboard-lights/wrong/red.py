import pyb

pyb.LED(3).on()
