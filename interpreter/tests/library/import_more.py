# __import__, sys.modules, and names that are too long.
import sys
def attempt(f, *args):
    try: print(f(*args))
    except Exception as e: print(type(e).__name__)
for args in ((1,), ("",), ("xyz", None, None, None, -1), ("sys", "globals"), ("sys", "globals", None, None, 1)): attempt(__import__, *args)
class Thing: pass
import math
print("math" in sys.modules)
long = "x" * 256
for f in (lambda: setattr(Thing, long, 1), lambda: getattr(Thing, long), lambda: hasattr(Thing, long), lambda: type(long, (), {}),
        lambda: ("{" + long + "}").format(**{long: 1}), lambda: ("%(" + long + ")s") % {long: 1}, lambda: __import__(long), lambda: exec(long + " = 1")):
    attempt(f)
for args in (("1", "g"), ("1", None, 5), ("1", {}, [])): attempt(exec, *args)
