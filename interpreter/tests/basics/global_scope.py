x = 1
def f():
    global x
    x += 1
    return x
def g():
    x = 100
    return x
print(f(), g(), x)
def h():
    print(y)
try:
    h()
except NameError as e:
    print(e)
def k():
    print(z)
    z = 1
try:
    k()
except NameError as e:
    print(type(e), e)
