f=lambda:0
print(f(),(lambda x:x*2)(4),list(map(lambda p:p[0]+p[1],[(1,2),(3,4)])))
compose=lambda f,g:lambda x:f(g(x))
print(compose(lambda x:x+1,lambda x:x*10)(5))
print(sorted([3,1,2],key=lambda v:-v),(lambda *a,**k:(a,sorted(k)))(1,2,z=3))
Y=lambda f:(lambda x:x(x))(lambda x:f(lambda v:x(x)(v)))
print(Y(lambda self:lambda n:1 if n<2 else n*self(n-1))(6))
