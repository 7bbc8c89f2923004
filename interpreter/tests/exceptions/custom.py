class MyError(Exception):
    pass
class Detailed(MyError):
    def __init__(self, what, code):
        self.what = what
        self.code = code
    def __str__(self):
        return "%s (%d)" % (self.what, self.code)
try:
    raise Detailed("bad", 3)
except MyError as e:
    print(e, e.code, type(e).__name__, isinstance(e, Exception))
try:
    raise MyError
except MyError as e:
    print(repr(e), e.args)
try:
    raise MyError("a", "b")
except Exception as e:
    print(e, repr(e))
try:
    raise 5
except TypeError as e:
    print(e)
