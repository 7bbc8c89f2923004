s = "h\u00e9llo \u20ac \U0001f600"
print(len(s), s[1], s[6], s[-1])
print(s.encode(), s.encode().decode() == s, str(s))
for c in "\u00e9\u20ac":
    print(ord(c), chr(ord(c)), c in s, s.find(c))
print("\u00fc".upper(), '|'.join(sorted("b\u00e4a")))
