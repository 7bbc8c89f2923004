x=1
del x
try:
    x
except NameError as e:
    print(e)
a=[1,2,3,4]
del a[0],a[-1]
print(a)
d={1:2}
del d[1]
print(d)
def f():
    y=1
    del y
    try:
        y
    except NameError as e:
        print(e)
f()
