a=b=c=[1]
a.append(2)
print(b,c is a)
i,a[i]=0,9
print(a)
x=y,z=1,2
print(x,y,z)
(p,q),r=(1,2),3
print(p,q,r)
[s,t]=[4,5]
print(s,t)
