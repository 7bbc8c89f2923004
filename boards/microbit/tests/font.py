from microbit import Image
for c in range(32, 127):
    print(c, repr(Image(chr(c))))
