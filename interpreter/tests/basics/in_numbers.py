# Numbers contain nothing, and say so in many ways.
class I(int): pass
class F(float): pass
for container in (16, True, 2**70, 1.5, 1j, None, I(5), F(2.5)):
    for item in (1, True, 2**70, "a", None, 1.5, (), 1j):
        try: print(item in container)
        except TypeError as e: print(repr(item), type(container).__name__, e)
for convert in (hex, oct, bin):
    for o in ((1,), ("a",), (1, 2), ("a", "b"), (), "a", 1.5, None, True, [1], (2**70,)):
        try: print(convert(o))
        except (TypeError, ValueError) as e: print(type(e).__name__, e)
