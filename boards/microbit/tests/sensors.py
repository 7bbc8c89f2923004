from microbit import *
print(accelerometer, compass, display, i2c, uart, spi, Image)
print(compass.is_calibrated(), accelerometer.get_gestures())
for f in (lambda: accelerometer.is_gesture("nope"), lambda: accelerometer.was_gesture("2g"), lambda: accelerometer.x, lambda: spi.write(b"a")):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
