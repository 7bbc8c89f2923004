s='abcdef'
for i in range(-7,8):
    try:
        print(i,s[i],[1,2,3,4,5,6][i],(1,2,3,4,5,6)[i],b'abcdef'[i])
    except IndexError as e:
        print(i,e)
