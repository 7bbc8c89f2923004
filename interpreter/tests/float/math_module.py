import math
print(math.pi, math.e, math.sqrt(2), math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5))
for x in (0.0, 0.5, 1.0, 2.0):
    print("%.6f %.6f %.6f %.6f %.6f" % (math.sin(x), math.cos(x), math.tan(x), math.exp(x), math.atan(x)))
print("%.6f %.6f %.6f" % (math.log(10), math.log(8, 2), math.log10(1000)), math.pow(2, 8), math.fabs(-3), math.fmod(7, 3))
print(math.degrees(math.pi), "%.6f" % math.radians(180), math.copysign(1, -0.0), math.isnan(math.nan), math.isinf(math.inf))
print(math.modf(2.5), math.frexp(8.0), math.ldexp(0.5, 4), "%.6f" % math.atan2(1, 1), math.factorial(10))
try:
    math.sqrt(-1)
except ValueError as e:
    print(e)
