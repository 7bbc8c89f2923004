print({"b": 1, "a": 2, "c": 3})
print({i: i * i for i in range(12)})
d = {}
for w in "one two three four five six seven eight nine ten".split():
    d[w] = len(w)
print(d)
del d["three"]
del d["one"]
d["eleven"] = 6
print(d)
print({1, 2, 3, 10, 20}, {"x", "y", "z"})
