d = {"a": 1}
d["b"] = 2
d[3] = "three"
d[(1, 2)] = "t"
print(d["a"], d[3], d[(1, 2)], len(d), "a" in d, "z" in d)
print(d.get("z"), d.get("z", 0), d.setdefault("q", 9), d["q"])
print(d.pop("q"), d.pop("nope", "dflt"))
del d[3]
print(sorted(str(k) for k in d), sorted(d.values(), key=str))
d.update({"a": 10, "c": 30})
print(d["a"], d["c"])
e = dict(x=1, y=2)
print(sorted(e.items()), dict([("k", "v")]), {} == dict())
e.clear()
print(e)
