import sys
print(sys.version_info[:2], sys.byteorder, sys.implementation.name, isinstance(sys.path, list), isinstance(sys.modules, dict))
try:
    sys.exit(3)
except SystemExit as e:
    print("SystemExit", e.args, e.value if hasattr(e, "value") else None)
try:
    1 / 0
except ZeroDivisionError as e:
    sys.print_exception(e)
