a = 1; b = 2; print(a, b)
if a: print("one line"); print("two")
for i in range(2): print(i); print(-i)
class A: x = 5
def f(): return A.x
print(f()); print(A().x)
