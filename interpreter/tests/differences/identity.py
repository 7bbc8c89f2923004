# What sys says of the machine
#
# Why: it is another machine. Simulated boards say what their firmware says.
import sys

print(sys.platform, sys.maxsize, sys.implementation)
