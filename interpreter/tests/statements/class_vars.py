class A:
    items=[]
    n=0
    def add(self,v):
        self.items.append(v)
        self.n+=1
a,b=A(),A()
a.add(1);b.add(2)
print(a.items,b.items,A.items,a.n,b.n,A.n)
A.n=100
print(a.n,A().n)
A.extra=lambda self:'extra'
print(b.extra())
