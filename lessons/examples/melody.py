from microbit import *
import music

notes = ['c4:4', 'd', 'e', 'c', 'c', 'd', 'e', 'c']
while True:
    if button_a.was_pressed():
        display.show(Image.MUSIC_QUAVER)
        music.play(notes)
        display.clear()
    if button_b.was_pressed():
        for hertz in range(440, 880, 110):
            music.pitch(hertz, 100)
    sleep(50)
