# What an except clause takes, and what is thrown into a generator that has not begun.
import sys


def attempt(kind):
    try:
        try:
            unknown
        except kind:
            print("caught")
    except TypeError as e:
        print("TypeError", e)


attempt(NameError)
attempt((ValueError, Exception))
attempt((NameError, 1))
for kind in (1, int, "x", (ValueError, 1), ((NameError,),)):
    attempt(kind)


def gen():
    yield 1


g = gen()
try:
    g.throw(ValueError(5))
except ValueError as e:
    sys.print_exception(e, sys.stdout)
print(list(g))
g = gen()
try:
    g.throw(StopIteration(5))
except RuntimeError as e:
    print(e)
g = gen()
g.close()
print(list(g))

for f in (print, [].append, "".join):
    try:
        print(f.__name__)
    except AttributeError as e:
        print(e)

for args, kw in (((), {"other": 1}), ((1,), {})):
    try:
        [].sort(*args, **kw)
    except TypeError as e:
        print(e)


class Loud:
    def __str__(self):
        print("from inside")
        return "loud"


print("before", Loud(), "after")
