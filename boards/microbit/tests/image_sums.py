from microbit import *
i = Image("90000:00000:00900:00000:00009")
print(repr(i + Image.HEART), repr(i - Image.HEART))
print(repr(i * 0.5), repr(Image.HEART * 2), repr(Image.HEART / 2), repr(Image.HEART * 0.1))
print(len(Image.ALL_CLOCKS), len(Image.ALL_ARROWS), repr(Image.ALL_CLOCKS[3]))
for f in (lambda: i + 1, lambda: i * "a", lambda: Image.HEART * -1, lambda: Image.HEART + Image("9:9"), lambda: len(i), lambda: i[0]):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
