import pyb

pyb.LED(2).on()
