# dir() tries every interned name: the firmware's own come first, those of the program in the order in which it used them.
import json
import platform

zebra = 1


class Zoo:
    zoo = 1
    ant = 2

    def feed(self):
        pass

    @property
    def door(self):
        print("the getter runs")
        return 1


class Cage(Zoo):
    bars = 3


z = Zoo()
z.queue = 1
z.append = 2
setattr(z, "made" + "up", 3)
print(dir(Zoo))
print(dir(z))
print(dir(Cage))
print(dir(Cage()))


class Any:
    def __getattr__(self, name):
        if name in ("bars", "ant", "append"):
            return 1
        raise AttributeError


print(dir(Any()))


class Bad:
    @property
    def broken(self):
        raise ValueError("not an AttributeError")


try:
    dir(Bad())
except ValueError as e:
    print(e)


def generator():
    yield


for o in (dir, [], (), "", b"", 1, 1.5, None, True, range(1), iter([]), enumerate([]), print, [].append, generator()):
    print(type(o), dir(o))
for o in (list, type, object, Exception, property, super, json, platform):
    print(dir(o))
print(dir(Exception(1)), dir(OSError(1)))
