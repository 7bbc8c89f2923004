# How deep calls can go
#
# Why: MicroPython's limit is the C stack of its host, of which every kind of call takes another share on every processor. Ours is
# counted: calls are this many deep, of whatever kind.
def depth(n):
    try:
        return depth(n + 1)
    except RuntimeError:
        return n


print(depth(0))
