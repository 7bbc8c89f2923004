def f(x):
    print("f", x)
    return x
print(f(0) or f("") or f("end"))
print(f(1) and f([]) and f(2))
print(not f(None), not not f(3))
print((f(0) and f(1)) or f(2))
if f(0) or f(1) and not f(0):
    print("yes")
print(1 if f(0) else 2 if f(1) else 3)
