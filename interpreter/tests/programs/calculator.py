def tokens(s):
    i = 0
    while i < len(s):
        if s[i].isdigit():
            j = i
            while j < len(s) and s[j].isdigit():
                j += 1
            yield int(s[i:j])
            i = j
        elif s[i] == " ":
            i += 1
        else:
            yield s[i]
            i += 1
class Parser:
    def __init__(self, s):
        self.t = list(tokens(s)) + [None]
        self.i = 0
    def next(self):
        self.i += 1
        return self.t[self.i - 1]
    def expr(self):
        v = self.term()
        while self.t[self.i] in ("+", "-"):
            v = v + self.term() if self.next() == "+" else v - self.term()
        return v
    def term(self):
        v = self.atom()
        while self.t[self.i] in ("*", "/"):
            v = v * self.atom() if self.next() == "*" else v // self.atom()
        return v
    def atom(self):
        t = self.next()
        if t == "(":
            v = self.expr()
            self.next()
            return v
        if t == "-":
            return -self.atom()
        return t
for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 * (3 + 4) * 5 - 6 / 2", "-(4 - 10)"):
    print(s, "=", Parser(s).expr())
