# Classes that build on others, and the ways to look into them.
class Animal:
    legs = 4

    def __init__(self, name):
        self.name = name

    def speak(self):
        return "..."

    def __repr__(self):
        return "<" + self.name + ">"


class Dog(Animal):
    def speak(self):
        return "woof, not " + super().speak()


class Bird(Animal):
    legs = 2

    def __init__(self, name, flies=True):
        super().__init__(name)
        self.flies = flies

    def __eq__(self, other):
        return self.name == other.name


class Duck(Bird, Dog):
    pass


for a in (Animal("x"), Dog("rex"), Bird("tweety"), Duck("donald", False)):
    print(a, a.legs, a.speak(), isinstance(a, Dog), issubclass(type(a), Bird))
print(Bird("a") == Bird("a"), Bird("a") == Bird("b"), Dog("a") == Dog("a"))
d = Duck("d")
d.legs = 3
print(d.legs, Duck.legs, hasattr(d, "flies"), getattr(d, "wings", 2), hasattr(Duck, "speak"))
del d.legs
print(d.legs)
for e in ("d.wings", "del d.wings", "Animal()", "Dog('a', 'b')", "Animal.speak()", "d()", "super()", "class X(5): pass", "Duck.speak(d)"):
    try:
        exec(e)
        print(e)
    except Exception as x:
        print(e, repr(x))
