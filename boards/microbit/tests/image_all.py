# SCISSORS is younger than the firmware that is asked.
from microbit import Image
for name in sorted(dir(Image)):
    if name.isupper() and name[:3] != "ALL" and name != "SCISSORS":
        print(name, repr(getattr(Image, name)))
