for e in (ValueError, KeyError, IndexError, ZeroDivisionError, OSError, NotImplementedError, StopIteration, KeyboardInterrupt, SystemExit, IndentationError):
    print(e.__name__, issubclass(e, Exception), issubclass(e, BaseException), issubclass(e, LookupError), issubclass(e, ArithmeticError), issubclass(e, RuntimeError))
print(repr(ValueError()), repr(ValueError("a")), repr(ValueError("a", 1)), str(ValueError("a", 1)), str(ValueError()))
print(ValueError("x").args, OSError(2), repr(OSError(2)), OSError(2).errno)
