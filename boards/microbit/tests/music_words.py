import music
print(music.get_tempo(), music.BIRTHDAY[:4], len(music.NYAN))
music.set_tempo(bpm=60)
print(music.get_tempo())
music.set_tempo(ticks=8)
print(music.get_tempo())
music.reset()
print(music.get_tempo())
for f in (lambda: music.pitch(-5, 10), lambda: music.set_tempo(0, 0), lambda: music.play(None), lambda: music.play(5)):
    try:
        print(f())
    except Exception as e:
        print(repr(e))
music.stop()
