# What math gives back, and when it raises: this release looks at the arguments of sqrt and log only.
import math

for e in (
    "acos(2)", "asin(2)", "sqrt(-1)", "sqrt(float('inf'))", "log(0)", "log(-1)", "log(2, 1)", "log(2, 0)", "log(8, 2)",
    "pow(0, -1)", "pow(-1, 0.5)", "exp(1000)", "sin(float('inf'))", "fmod(1, 0)", "ldexp(1, 1000)", "ceil(float('inf'))",
    "floor(float('nan'))", "trunc(1e30)", "ceil(2.5)", "floor(-2.5)", "atan2(0, 0)", "frexp(0)", "modf(-1.5)",
    "modf(float('inf'))", "degrees(1e38)", "copysign(1, -0.0)", "pow(10, 40)", "sqrt('a')", "pow(1)",
):
    try:
        print(e, eval("math." + e))
    except Exception as x:
        print(e, repr(x))
