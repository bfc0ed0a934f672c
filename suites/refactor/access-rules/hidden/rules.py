from access import ACTIONS, Document, User, may

PLAIN = Document("ada", {"bo": "edit", "cy": "share", "@staff": "share", "@guests": "read"})
for user in (User("ada"), User("bo"), User("cy"), User("di", ("guests", "staff")), User("el", ("guests",)), User("fi")):
    emit([may(user, action, PLAIN) for action in ACTIONS])
emit([may(User("ada", admin=True), "fly", PLAIN), may(User("ada", suspended=True), "fly", PLAIN)])
emit([may(User("ada", suspended=True, admin=True), action, Document("ada", public=True)) for action in ACTIONS])
emit([may(User("gu", admin=True), action, Document("ada", locked_by="bo", archived=True)) for action in ACTIONS])
emit([may(User("ada"), action, Document("ada", archived=True)) for action in ACTIONS])
emit([may(User(name), action, Document("ada", {"bo": "delete"}, locked_by="bo")) for name in ("ada", "bo") for action in ACTIONS])
emit([may(User("fi"), action, Document("ada", public=True, archived=True)) for action in ACTIONS])
