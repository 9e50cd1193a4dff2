import difflib
from test_whole_house import *
def test_it(sqlite_app):
    with sqlite_app.app_context():
        house = populate()
    people = browsers(sqlite_app, house); tokens = {n: b.token() for n,b in people.items()}
    k=0
    for viewpoint, method, endpoint, foreign, nobodys in knocks(sqlite_app, house):
        if not endpoint.startswith("personer"): continue
        a = ask(people[viewpoint], method, foreign, tokens[viewpoint]); b=ask(people[viewpoint], method, nobodys, tokens[viewpoint])
        if a[:2]!=b[:2]:
            print(viewpoint,method,endpoint,foreign,a[0],b[0]); k+=1
            print("\n".join(list(difflib.unified_diff(a[1].splitlines(),b[1].splitlines(),n=0))[:8]))
            if k>3: break
    from crawling import look
    from supervision.grupper.models import Moede, Seddel
    with sqlite_app.app_context():
        m=db.session.get(Seddel, house.own["seddel_id"]).moede_id
    p=look(people["ejer"],f"/moeder/{m}"); print([l for l in p.links if 'moede' in l], p.text[p.text.index("<main"):][:3000])
    assert 0
from supervision.db import db
