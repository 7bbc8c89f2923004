for s in ("plain", "it's", 'say "hi"', "both ' and \"", "tab\t nl\n cr\r", "\x00\x7f", "back\\slash"):
    print(repr(s), str(s) == s)
print([1, "a", b"b", None, True, 1.5], ("x",), {"k": [1]})
