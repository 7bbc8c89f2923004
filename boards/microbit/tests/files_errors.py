import os
for f in (lambda: open("nope"), lambda: os.remove("nope"), lambda: open("x", "r+"), lambda: __import__("nope")):
    try:
        f()
    except Exception as e:
        print(repr(e))
