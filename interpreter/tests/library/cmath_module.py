# cmath: every function at a few points, and arguments that are no numbers.
import cmath

for z in (0.5, 2, 3 + 4j, -1 + 0.5j, 1j, -2):
    for name in ("phase", "polar", "exp", "log", "log10", "sqrt", "cos", "sin"):
        if hasattr(cmath, name):
            print(name, z, getattr(cmath, name)(z))
print(cmath.rect(2, 1), cmath.e, cmath.pi)
for arg in ("a", None, []):
    try:
        cmath.sqrt(arg)
    except Exception as e:
        print(type(e).__name__, e)
try:
    cmath.rect(1j, 1)
except Exception as e:
    print(type(e).__name__, e)
