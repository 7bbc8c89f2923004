for s in ('',' ','a','a b',' a  b ','a,b',',a,',',,'):
    print(repr(s),s.split(),s.split(','),s.rsplit(',',1),s.partition(','),s.strip(),s.strip(','))
