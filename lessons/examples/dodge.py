from microbit import *
import random

player = 2
stone_x = random.randint(0, 4)
stone_y = 0
score = 0
playing = True

while playing:
    display.clear()
    display.set_pixel(player, 4, 9)
    display.set_pixel(stone_x, stone_y, 5)
    sleep(300)
    if button_a.was_pressed() and player > 0:
        player -= 1
    if button_b.was_pressed() and player < 4:
        player += 1
    stone_y += 1
    if stone_y == 4 and stone_x == player:
        playing = False
    elif stone_y > 4:
        stone_y = 0
        stone_x = random.randint(0, 4)
        score += 1

display.show(Image.SKULL)
sleep(1000)
display.scroll(score)
