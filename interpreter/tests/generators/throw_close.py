def g():
    try:
        while True:
            try:
                x = yield "r"
                print("got", x)
            except ValueError as e:
                print("caught", e)
                yield "handled"
    finally:
        print("cleanup")
a = g()
print(next(a), a.throw(ValueError("v")), next(a))
a.close()
try:
    next(a)
except StopIteration:
    print("closed")
b = g()
next(b)
try:
    b.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
