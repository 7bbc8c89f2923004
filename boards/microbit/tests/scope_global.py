score = 0
def win(points=10):
    global score
    score += points
    return score
win()
win(5)
print(score)
def broken():
    score += 1
try:
    broken()
except NameError as e:
    print(repr(e))
print(sorted(k for k in globals() if k[0] != "_"))
x = [f for f in (len, str, print)]
print(len(x), callable(win), bool([]), type(1), type("a"), type(1.5), type(None), type([]), type(win))
