from microbit import *
print(button_a.is_pressed(), button_b.was_pressed(), button_a.get_presses())
print(button_a, button_b)
for f in (lambda: button_a.nope, lambda: button_a.is_pressed(1), lambda: button_a()):
    try:
        f()
    except Exception as e:
        print(repr(e))
pressed = 0
for turn in range(20):
    if button_a.is_pressed() or button_b.is_pressed():
        pressed += 1
    sleep(1)
print("pressed", pressed)
