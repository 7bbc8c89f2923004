text = """the quick brown fox jumps over the lazy dog
the dog barks and the fox runs away"""
words = text.split()
count = {}
for w in words:
    count[w] = count.get(w, 0) + 1
for w, n in sorted(count.items(), key=lambda p: (-p[1], p[0]))[:5]:
    print("%-6s %s" % (w, "*" * n))
print(len(text.split("\n")), sum(len(w) for w in words), max(words, key=len))
caesar = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.isalpha() else c for c in "hello, world")
print(caesar)
