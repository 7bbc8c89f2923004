# Whole powers are rounded once. (Where the port from npm is off itself, it is left out.)
print([10.0 ** n for n in range(-22, 23)])
print([3.0 ** n for n in range(-20, 34)], 2.0 ** 1023, 2.0 ** -1074, 0.0 ** 0, (-2.0) ** 3, 1e200 ** 2 if False else "")
print([10.0 ** n == float("1e%d" % n) for n in (0, 1, 5, 22, -5, -22)])
