v=(0.0,1.0,-1.0,0.5,3.25,-2.75,1e10,1e-10)
for a in v:
    for b in v:
        r=[a+b,a-b,a*b,a<b,a==b,a>=b]
        if b:
            r+=[a/b,a//b,a%b]
        print(a,b,r)
