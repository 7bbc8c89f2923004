d = {"b": 1, "a": 2}
d["c"] = 3
print(d, len(d), d["a"], d.get("z"), d.get("z", 0), "a" in d)
print(sorted(d.keys()), sorted(d.values()), sorted(d.items()))
print(d.pop("a"), d.setdefault("n", 5), sorted(d))
d.update({"q": 1})
print(d)
for k in sorted(d):
    print(k, d[k])
word = {}
for c in "mississippi":
    word[c] = word.get(c, 0) + 1
print(sorted(word.items()), word)
print({1, 2, 3} & {2, 3, 4}, {1} | {2}, {1, 2} - {2}, dict(x=1, y=2), {3, 1, 2})
t = (1, "two", 3.0)
print(t, t[1], len(t), t + (4,), (5,), ())
for f in (lambda: {}["k"], lambda: {[]: 1}, lambda: {}.popitem(), lambda: t[9]):
    try:
        f()
    except Exception as e:
        print(repr(e))
