v=(0,1,-1,2,-2,3,10,-10,255,1023,65535,2**31,-2**31,2**53,2**53+1,-2**53-1)
for a in v:
    for b in v:
        r=[a+b,a-b,a*b,a&b,a|b,a^b,a<b,a==b]
        if b:
            r+=[a//b,a%b]
        print(a,b,r)
