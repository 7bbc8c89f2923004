# A callback that schedules itself again does not keep loops from going on.
import micropython
isDone = False
def again(_):
    if not isDone: micropython.schedule(again, None)
def count(items):
    n = 0
    for item in items:
        if item % 2: n += item
        else: continue
        for k in range(2): n += k
    i = 0
    while i < 50:
        i += 1
        if i == 40: break
    return n + i
again(None)
print(count(range(100)), count(list(range(50))), count(i for i in range(20)))
for i in [1, 2, 3]:
    for j in range(3, 0, -1):
        try:
            if j == 2: continue
            print(i, j)
        finally: pass
isDone = True
