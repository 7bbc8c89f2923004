for x in (1 / 3, 2 / 3, 0.1 + 0.2, 1e10, 123456789.0, 100.0, 1e-5, 3.14159265, 2**0.5, 1e38, float("nan"), -float("inf"), 12345.678, 1.0):
    print(x, end=" ")
print()
print("%f %.2f %e %g %5.1f|" % (1 / 3, 2.675, 12345.678, 1e-7, 3.14159))
print("{:.3f} {:8.2f} {:e} {:g} {}".format(1 / 3, 2.5, 1234.5, 1e20, 1e6))
print(round(2.5), round(3.5), round(2.675, 2), int(3.99), int(-3.99), 7 // 2, -7 // 2, 7 % -3, 7.5 // 2, divmod(7.5, 2))
print(0.5 + 1, 3 * 1.5, 2 ** -1, 10 / 4, 1e3, 5.0 == 5, 0.1 * 3, abs(-2.5), min(1.5, 2), 9.0 // 4)
import math
print(math.pi, math.sqrt(2), math.sin(1), math.floor(-1.5), math.ceil(1.2), math.log(10), math.atan2(1, 2), math.degrees(1))
t = 0.0
for i in range(10):
    t += 0.1
print(t, t == 1.0, float("1.5"), float("-2e3"))
for f in (lambda: 1 / 0, lambda: 1.0 // 0, lambda: math.sqrt(-1), lambda: float("abc"), lambda: int(float("inf"))):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
