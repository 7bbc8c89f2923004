import os
with open("a.txt", "w") as f:
    print(f.write("hello\nworld\n"))
print(os.listdir(), os.size("a.txt"))
with open("a.txt") as f:
    print(repr(f.readline()), repr(f.read()), repr(f.read()))
print(open("a.txt", "rb").read(3))
with open("mod_x.py", "w") as f:
    f.write("X = 7\ndef double(n):\n    return n * 2\n")
import mod_x
print(mod_x.X, mod_x.double(4))
os.remove("a.txt")
os.remove("mod_x.py")
print(os.listdir())
