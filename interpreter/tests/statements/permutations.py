def perms(a):
    if not a:
        yield []
    for i in range(len(a)):
        for p in perms(a[:i]+a[i+1:]):
            yield [a[i]]+p
print(list(perms([1,2,3])),len(list(perms(list(range(5))))))
