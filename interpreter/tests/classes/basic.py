class Dog:
    kind = "dog"
    count = 0
    def __init__(self, name):
        self.name = name
        Dog.count += 1
    def speak(self, n=1):
        return self.name + " says " + "woof " * n
d = Dog("Rex")
print(d.speak(), d.speak(2), d.kind, Dog.kind, Dog.count)
d.kind = "cat"
print(d.kind, Dog.kind, Dog("Fido").name, Dog.count)
f = d.speak
print(f(3), isinstance(d, Dog), type(d) == Dog, hasattr(d, "name"), hasattr(d, "nope"))
del d.kind
print(d.kind, getattr(d, "zzz", "default"))
setattr(d, "age", 5)
print(d.age, d.__class__.__name__)
