def src():
    for i in range(20):
        yield i
def evens(it):
    for x in it:
        if x%2==0:
            yield x
def take(it,n):
    for x in it:
        if n<=0:
            return
        n-=1
        yield x
print(list(take(evens(src()),4)))
print(sum(x*x for x in take(src(),5)))
