# Texts, as lessons use them.
s = "The quick brown fox"
for e in (
    "s.find('quick')", "s.find('cat')", "s.find('q', 5)", "s.rfind('o')", "s.index('q')", "s.index('zz')", "s.split()", "s.split('o')",
    "s.split('o', 1)", "s.rsplit('o', 1)", "','.join(['a', 'b'])", "','.join([1])", "s.upper()", "s.lower()", "s.replace('quick', 'slow')",
    "s.count('o')", "s.startswith('The')", "s.endswith('x')", "'  x '.strip()", "'xxaxx'.strip('x')", "'12'.isdigit()", "'a1'.isalpha()",
    "' '.isspace()", "'Ab'.isupper()", "s[4:9]", "s[-3:]", "s[::-1]", "s[40]", "s * 2", "s + 1", "'%d %s %5.2f' % (3, 'x', 2.5)",
    "'%d' % 'a'", "'%s %s' % 1", "'{} {}'.format(1, 'a')", "'{1}{0}'.format('a', 'b')", "'{:>5}|{:<5}|{:^5}'.format(1, 2, 3)",
    "'{:05d} {:x} {:b} {:.3f}'.format(42, 255, 5, 3.14159)", "'{}'.format()", "'{a}'.format(a=1)", "ord('a')", "chr(97)", "ord('ab')",
    "len('h\\u00e9')", "'a' < 'b'", "'a' < 1", "sorted('hello')", "list('abc')", "str(b'ab')", "int('12')", "int('1a')", "int('ff', 16)",
    "float('1.5')", "float('x')", "str(1.0)", "repr('it\\'s')", "repr('\"\\n')", "'abc'.title()", "max('hello')", "min('')",
):
    try:
        print(e, repr(eval(e)))
    except Exception as x:
        print(e, repr(x))
