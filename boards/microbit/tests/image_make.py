from microbit import *
i = Image("90000:00000:00900:00000:00009")
print(repr(i), i.width(), i.height())
print(i)
print(repr(Image("9")), repr(Image("90:09")), repr(Image(2, 3)), repr(Image("")))
print(repr(Image(2, 2, bytearray([1, 2, 30, 4]))))
for text in ("12a", "AB", "1:22:333:", " 9 :9 9:", "123\n456"):
    try:
        print(repr(Image(text)))
    except ValueError as e:
        print(repr(e))
for args in ((1,), (5, 5, bytearray(3)), (1, 2, 3, 4), (b"9",)):
    try:
        print(repr(Image(*args)))
    except Exception as e:
        print(repr(e))
