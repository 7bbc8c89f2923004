def twice(f):
    def g(*a, **k):
        f(*a, **k)
        return f(*a, **k)
    return g
@twice
def hi(name):
    print("hi", name)
    return len(name)
print(hi("bob"))
def tag(t):
    def deco(f):
        return lambda: "<%s>%s</%s>" % (t, f(), t)
    return deco
@tag("b")
@tag("i")
def text():
    return "x"
print(text())
