out=''
for i in range(5):
    out+=str(i)*i+','
print(out,out.rstrip(','))
print('\n'.join('%2d x %2d = %3d'%(i,7,i*7) for i in range(1,6)))
print('=' * 10,'ab\tcd'.replace('\t','    '),'%s'%('x',))
