def a():
    b()

def b():
    x = 1
    raise ValueError("deep")

a()
