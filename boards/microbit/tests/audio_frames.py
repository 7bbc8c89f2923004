import audio
from audio import AudioFrame
f = AudioFrame()
print(f, len(f), f[0], f[31], bool(f))
f[0] = 255; f[1] = 0; f[2] = 100
g = f
h = f + f
print(h[0], h[1], h[2], h[3], h is f)
f += f
print(g is f, f[0], f[1], f[2])
f -= h
print(f[0], f[1], f[2])
f[3] = 28; f[4] = 228
for factor in (0, 1, 2, 0.5, 1.5, -1, -0.25, 0.001, 100, 1e6, 1e-30):
    p = f * factor
    print(factor, p[0], p[2], p[3], p[4])
f *= 3
print(g is f, f[3], f[4])
f.copyfrom(b'abc')
print(f[0], f[1], f[2], f[3])
f.copyfrom(bytearray(40))
print(f[0], f[31], bytes(f)[:4])
for call in (lambda: f[32], lambda: f[-1], lambda: f['a'], lambda: f[0:2], lambda: f * 'a', lambda: f + 1, lambda: 2 * f, lambda: f - 1, lambda: f / 2, lambda: -f, lambda: AudioFrame(5), lambda: list(f), lambda: hash(f), lambda: f.copyfrom(5), lambda: f.x, lambda: audio.play(), lambda: audio.play(5), lambda: audio.play([], foo=1), lambda: audio.stop(1), lambda: audio.is_playing(1), lambda: audio.is_playing()):
    try:
        print(call())
    except Exception as e:
        print(repr(e))
def put(i, v):
    f[i] = v
def drop():
    del f[0]
for call in (lambda: put(0, 256), lambda: put(0, -1), lambda: put(32, 1), lambda: put(0, 'a'), lambda: put(1, True), drop):
    try:
        print(call())
    except Exception as e:
        print(repr(e))
print(f == f, f == AudioFrame(), AudioFrame, dir(f))
