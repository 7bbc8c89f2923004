# binascii: separators, what is no buffer, padding, digits.
import ubinascii as binascii
for f, a in ((binascii.hexlify, (b"abc", "")), (binascii.hexlify, (b"abc", "xy")), (binascii.hexlify, (b"abc", None)), (binascii.hexlify, ("abc",)), (binascii.hexlify, (1,)), (binascii.unhexlify, ("61 62",)), (binascii.unhexlify, ("6",)),(binascii.unhexlify, ("6g",)), (binascii.crc32, (b"a", -1)), (binascii.crc32, (b"a", 2**40)), (binascii.a2b_base64, ("YQ",)), (binascii.a2b_base64, ("YQ==",)), (binascii.a2b_base64, ("YQ=",))):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
