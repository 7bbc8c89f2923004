from microbit import Image
for name in sorted(dir(Image)):
    if name.isupper() and name[:3] != "ALL":
        print(name, repr(getattr(Image, name)))
