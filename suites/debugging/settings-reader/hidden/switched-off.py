from settings.store import Settings

emit([Settings().load(f"v = {text}\n").get("v", True) for text in ("no", "off", "false", "0", "No", "FALSE", '"off"')])
emit([Settings().load(f"v = {text}\n").get("v", False) for text in ("yes", "on", "true", "1", "Yes", "TRUE", "no")])
answers = []
for text in ("maybe", "2", "none", "nope"):
    try:
        answers.append(Settings().load(f"v = {text}\n").get("v", False))
    except ValueError:
        answers.append("refused")
emit(answers)
emit(Settings().load("v =\n").get("v", True))
emit(Settings().load("a = off\nv = ${a}\n").get("v", True))
emit([Settings().load("v = 0\n").get("v", default) for default in (5, "x", 1.5)])
