n = 0
def f():
    global n
    n += 1
    f()
try:
    f()
except RuntimeError as e:
    print(e, n)
f()
