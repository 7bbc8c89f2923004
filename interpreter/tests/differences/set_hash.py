# The hash of a frozenset
#
# Why: MicroPython adds the address of the type to the hashes of the items. Ours has no such address.
print(hash(frozenset((1, 2))) == 3)
