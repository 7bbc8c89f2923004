# framebuf: everything that draws, in every format, by checksum; and what is refused.
import framebuf
W, H = 37, 29
formats = ("MONO_VLSB", "MONO_HLSB", "MONO_HMSB", "GS2_HMSB", "GS4_HMSB", "GS8", "RGB565")
def show(name, fb, buf):
    s = 0
    for b in buf: s = (s * 31 + b) & 0xFFFFFF
    print(name, s, sum(buf))
for f in formats:
    buf = bytearray((W + 5) * (H + 3) * 2)
    fb = framebuf.FrameBuffer(buf, W, H, getattr(framebuf, f), W + 5)
    fb.fill(1); show(f + " fill", fb, buf)
    fb.fill(0)
    fb.fill_rect(3, 4, 9, 7, 3); fb.fill_rect(-5, -5, 9, 9, 2); fb.fill_rect(30, 20, 50, 50, 0xFFFF); fb.fill_rect(5, 5, 0, 3, 1); show("fill_rect", fb, buf)
    for x0, y0, x1, y1 in ((0,0,36,28),(36,0,0,28),(5,5,5,20),(20,9,2,9),(-10,3,50,17),(10,-20,14,60),(7,7,7,7),(0,28,36,0)):
        fb.line(x0, y0, x1, y1, 5)
    show("line", fb, buf)
    for a, b in ((5,3),(0,0),(0,6),(6,0),(14,14),(1,1),(20,4),(-3,2)):
        fb.ellipse(18, 14, a, b, 7); fb.ellipse(9, 14, a, b, 1, True, 5); fb.ellipse(30, 20, a, b, 1, False, 10)
    show("ellipse", fb, buf)
    from array import array
    fb.poly(2, 2, array("h", [0,0, 20,3, 25,20, 7,24, 12,12]), 6)
    fb.poly(5, 1, array("h", [0,0, 20,3, 25,20, 7,24, 12,12]), 9, True)
    fb.poly(0, 0, array("b", [1,1, 9,1, 9,9]), 2, 1); fb.poly(0, 0, array("h", [4,4]), 3); fb.poly(20, 0, bytearray([0,0,5,0,5,5,0,5,3]), 1, True); fb.poly(20, 10, array("i", []), 1)
    fb.poly(3, 3, array("h", [0,0, 10,10, 10,0, 0,10]), 1, True)
    show("poly", fb, buf)
    fb.text("Hi\x7f\x80é~", 2, 3, 3); fb.text("abc", -4, 25); fb.text("zz", 30, -3, 9); show("text", fb, buf)
    fb.scroll(2, 1); fb.scroll(-3, -2); fb.scroll(40, 0); fb.scroll(0, 3); show("scroll", fb, buf)
    fb.rect(1, 1, 10, 5, 2); fb.rect(30, 25, 20, 20, 3, True); fb.rect(5,5,-2,3,1); fb.hline(-3, 7, 100, 1); fb.vline(8, -4, 100, 1); show("rect", fb, buf)
    small = framebuf.FrameBuffer(bytearray(range(64)), 8, 4, framebuf.GS4_HMSB)
    pal = framebuf.FrameBuffer(bytearray([3,1,2,0]*16), 16, 1, framebuf.RGB565)
    fb.blit(small, 3, 3); fb.blit(small, -4, -2, 0); fb.blit(small, 33, 27, -1, pal); fb.blit(small, 100, 0); fb.blit((bytes(range(64)), 8, 4, framebuf.GS8), 12, 12, 5, None); show("blit", fb, buf)
    print([fb.pixel(x, 9) for x in range(-1, 38)], fb.pixel(3, 3, 1), fb.pixel(99, 3, 1))
B = bytearray(100)
for a in ((B,), (B,0,1,0), (B,10,10,9), (B,100,100,0), (B,70000,1,0), (B,10,10,5,8), (b"abc",1,1,0), ("abc",1,1,0), (B,"a",1,0), (1,1,1,0), (B, 8, 8, 0), (B, 9, 9, 3), (B, 40, 20, 3), (B,40,21,3), (B,10,10,6), (B,10,11,6), (B, 10, 10, 6, 11), (B,5,10,1), (B,5,11,1)):
    try: print(framebuf.FrameBuffer(*a).pixel(0,0))
    except Exception as e: print(type(e).__name__, e)
fb = framebuf.FrameBuffer(B, 10, 10, 6)
for f in (lambda: fb.fill(), lambda: fb.fill("a"), lambda: fb.fill_rect(1,2,3), lambda: fb.text(1,2,3), lambda: fb.poly(1,2,3,4), lambda: fb.blit(1,2,3), lambda: fb.blit((1,2),2,3), lambda: fb.ellipse(1,2,3), lambda: fb.poly(0,0,array("f",[1,2]),1), lambda: fb.scroll(1), lambda: fb.pixel(1.5,2), lambda: fb.text("a",0,0,None)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(framebuf.FrameBuffer1(B, 8, 8).pixel(0, 0), bytes(fb)[:4], len(memoryview(fb)), fb == fb)
