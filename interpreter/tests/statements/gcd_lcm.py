def gcd(a,b):
    while b:
        a,b=b,a%b
    return a
print([(a,b,gcd(a,b),a*b//gcd(a,b)) for a in (12,18,35) for b in (8,27,49)],gcd(2**70,6**40))
