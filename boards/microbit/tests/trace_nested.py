def a():
    b()
def b():
    c()
def c():
    print("deep")
    return undefined_name + 1
a()
