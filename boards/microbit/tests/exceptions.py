def risky(n):
    if n == 0:
        raise ValueError("zero")
    if n == 1:
        return 1 / 0
    if n == 2:
        return [][5]
    if n == 3:
        return {}["k"]
    return int("x")
for n in range(5):
    try:
        risky(n)
    except (ValueError, ZeroDivisionError) as e:
        print("caught", repr(e))
    except LookupError as e:
        print("lookup", repr(e), e.args)
    else:
        print("fine")
    finally:
        print("finally", n)
class Mine(Exception):
    pass
try:
    raise Mine("a", 1)
except Mine as e:
    print(e, repr(e), e.args)
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except KeyError as e:
    print(e)
def gen():
    try:
        yield 1
        yield 2
    finally:
        print("closed")
g = gen()
print(next(g))
g.close()
try:
    assert 1 == 2, "sums"
except AssertionError as e:
    print(e)
