a = "hello"
b = "hel" + "lo"
print(a == b, {a: 1}[b], a is a)
c = "".join(["h", "i"])
print(c == "hi", c in {"hi": 2})
