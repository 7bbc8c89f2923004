def f(x):
    print("start", x)
    try:
        if x == 1:
            return "ret"
        if x == 2:
            raise ValueError
        print("body")
    except ValueError:
        print("except")
        return "exc"
    else:
        print("else")
        return "else"
    finally:
        print("finally")
for i in range(3):
    print(f(i))
def g():
    try:
        raise KeyError("lost")
    finally:
        return "swallowed"
print(g())
def loop():
    while True:
        try:
            return 1
        finally:
            break
    return 2
print(loop())
