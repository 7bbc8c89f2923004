import pyb

pyb.LED(1).toggle()
pyb.delay(300)
