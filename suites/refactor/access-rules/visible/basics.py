from access import Document, User, may

doc = Document("ada", {"bo": "comment", "@staff": "edit"}, public=True)
emit([may(User(name), action, doc) for name in ("ada", "bo", "cy") for action in ("read", "edit")])
emit(may(User("di", ("staff",)), "edit", doc))
