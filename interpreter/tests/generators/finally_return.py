def f():
    for i in range(3):
        try:
            yield i
        finally:
            print("f", i)
for x in f():
    print(x)
    if x == 1:
        break
def g():
    try:
        return 1
    finally:
        print("fin")
print(g())
def h():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print(i)
        finally:
            print("finally", i)
    return "end"
print(h())
