def f(n):
    try:
        try:
            if n == 0:
                raise ValueError("v")
            elif n == 1:
                raise KeyError("k")
            return "ok"
        except ValueError:
            print("inner")
            raise RuntimeError("from inner")
        finally:
            print("fin", n)
    except RuntimeError as e:
        print("outer", e)
        return "rt"
    except KeyError:
        return "key"
print(f(0), f(1), f(2))
try:
    try:
        raise ValueError("first")
    except ValueError:
        raise
except ValueError as e:
    print("re-raised", e)
