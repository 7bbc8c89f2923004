x=12345
def r():
    global x
    x=(x*1103515245+12345)&0x7fffffff
    return x>>8
for n in (0,1,2,3,5,10,50,200):
    l=[(r()%5, i) for i in range(n)]
    for rev in (False, True):
        c=[0]
        def k(t): c[0]+=1; return t[0]
        print(n, rev, sorted(l, key=k, reverse=rev), c)
    print(sorted([str(r()%100) for i in range(n)], key=len))
    print(sorted([1,1.0,True,0,False,0.0]*3))
class C:
    n=0
    def __init__(s,v): s.v=v
    def __lt__(s,o): C.n+=1; return s.v<o.v
    def __repr__(s): return str(s.v)
l=[C(r()%9) for i in range(30)]
l.sort(); print(l, C.n)
l.sort(reverse=1); print(l, C.n)
class D(C):
    def __lt__(s,o): return 1
l=[D(i) for i in range(9)]
l.sort(); print(l)
for a in ([1,'a'], [None,1], [(1,2),(1,'a')]):
    try: a.sort()
    except TypeError as e: print(e, a)
