class Animal:
    legs = 4
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + " makes a sound"
    def __repr__(self):
        return "Animal(%r)" % self.name
    def __eq__(self, other):
        return self.name == other.name
    def __add__(self, other):
        return Animal(self.name + other.name)
    def __len__(self):
        return len(self.name)
    def __getitem__(self, i):
        return self.name[i]
class Dog(Animal):
    def speak(self):
        return super().speak() + ": woof"
    @staticmethod
    def kind():
        return "dog"
    @classmethod
    def make(cls):
        return cls("Rex")
d = Dog.make()
print(d.speak(), d.legs, Dog.kind(), isinstance(d, Animal), issubclass(Dog, Animal))
print(d, [d], d == Dog("Rex"), len(d), d[0], d + Animal("!"))
d.legs = 3
print(d.legs, Dog.legs, hasattr(d, "tail"), getattr(d, "tail", "none"))
try:
    d.tail
except AttributeError as e:
    print(e)
