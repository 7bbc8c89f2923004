print("before")

def f(n):
    if n == 0:
        return nope
    return f(n - 1)

f(2)
