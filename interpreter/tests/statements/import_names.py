import math as m
from math import pi, sqrt as root
import sys, gc
print(m.pi == pi, root(16), sys.byteorder, gc.isenabled())
try:
    import nope_module
except ImportError as e:
    print(e)
try:
    from math import nope
except ImportError as e:
    print(e)
def f():
    import json
    return json.dumps([1])
print(f())
