def f(*a,**k):
    return a,sorted(k.items())
print(f(*range(3)),f(*'ab',*[1]),f(**{'x':1},y=2),f(1,*[2,3],**{'z':4}))
args=(1,2)
print(max(*args),[*args] if False else list(args))
try:
    f(**{1:2})
except TypeError as e:
    print(e)
