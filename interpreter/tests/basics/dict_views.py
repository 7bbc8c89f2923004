d = {"one": 1}
k = d.keys()
d["two"] = 2
print(sorted(k), sorted(d.items()), sum(d.values()), len(k))
for key in sorted(d):
    print(key, d[key])
print({k: v for k, v in sorted(d.items())}["two"])
print(1 == 1.0, {1: "int"}[1.0], {True: "t"}[1])
