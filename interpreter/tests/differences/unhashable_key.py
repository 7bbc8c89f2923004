# Which keys are asked for their hash
#
# Why: a dict that has only interned names as keys finds nothing else in it without asking for a hash. Which of the names that a
# program makes up are interned is known to MicroPython alone, since JavaScript's strings do not tell.
made = {str(n) + "x": n for n in range(2)}
try:
    print(made.pop([], "no hash asked for"))
except TypeError as e:
    print(e)
