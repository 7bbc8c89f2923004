class L(list):
    def total(self):
        return sum(self)
l = L([1, 2, 3])
l.append(4)
print(l, l.total(), len(l), l[1:], isinstance(l, list))
class D(dict):
    def __missing(self):
        pass
d = D()
d["a"] = 1
print(d, "a" in d, len(d))
class E(Exception):
    def __init__(self, code):
        super().__init__("code", code)
        self.code = code
try:
    raise E(7)
except E as e:
    print(e.code, e.args, repr(e))
class S(str):
    pass
print(S("abc").upper(), len(S("xy")))
