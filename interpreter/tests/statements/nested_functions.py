def a(x):
    def b(y):
        def c(z):
            return x+y+z
        return c
    return b
print(a(1)(2)(3))
def make():
    items=[]
    def add(v):
        items.append(v)
        return len(items)
    return add,items
add,items=make()
add('p');add('q')
print(items)
