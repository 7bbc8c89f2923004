s='abracadabra'
for t in ('a','abra','z','','ra'):
    print(t,s.find(t),s.rfind(t),s.find(t,2),s.find(t,2,6),s.count(t),s.startswith(t),s.endswith(t),t in s,s.replace(t,'-',1) if t else '')
