x=5
for op in ('+=','-=','*=','//=','%=','**=','<<=','>>=','&=','|=','^=','/='):
    d={'x':13}
    exec('x'+op+'3',d)
    print(op,d['x'])
a=[1]
b=a
a+=[2]
print(a,b)
a=a+[3]
print(a,b)
t=(1,)
t+=(2,)
print(t)
d={'k':1}
d['k']+=5
print(d)
class C: pass
c=C()
c.v=1
c.v*=10
print(c.v)
