import hashlib
from itertools import product

from access import ACTIONS, Document, User, may

digest, allowed = hashlib.sha256(), 0
GIVEN = (None, "read", "edit", "delete")
for name, groups, admin, suspended in product(("ada", "bo"), ((), ("x",), ("y", "x")), (False, True), (False, True)):
    for owner, mine, theirs, public, lock, archived in product(("ada", "cy"), GIVEN, GIVEN, (False, True), (None, "bo"), (False, True)):
        shared = {key: given for key, given in {"bo": mine, "@x": theirs, "@y": "comment"}.items() if given}
        for action in (*ACTIONS, ""):
            answer = may(User(name, groups, admin, suspended), action, Document(owner, shared, public, lock, archived))
            allowed += answer[0]
            digest.update(f"{answer}".encode())
emit(allowed)
emit(digest.hexdigest()[:20])
