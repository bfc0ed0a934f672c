from settings.parse import Malformed, parse
from settings.store import Settings, Unknown

emit(parse("# x\n\n a = 1 # one\nb.c=x=y\n q = \"a # b\" # c\nempty =\nhash = a#b\n"))
for text in ("a\n", "A = 1\n", "\n\n1 = 2\n", 'a = "b\n', 'a = "b" c\n'):
    try:
        emit(parse(text))
    except Malformed as error:
        emit(str(error))
settings = Settings().load("name = one\nratio = .5\nlist = a, b,,c ,\nhome = /h\nmail = ${ name }@x\ndeep = ${mail}${home}\n")
settings.load("name = two\nextra = yes\n")
emit([settings.get("name", ""), settings.get("ratio", 0.0), settings.get("list", []), settings.get("none", 7)])
emit(settings.keys())
emit(settings.get("deep", "").endswith("/h"))
emit([settings.get("extra", False), Settings().load("v = ON\n").get("v", False), Settings().load("v = 1\n").get("v", False)])
emit(Settings().load("v =\n").get("v", True))
for use in (
    lambda: settings.text("none"),
    lambda: settings.get("name", 1),
    lambda: Settings().load("a = ${b}\n").text("a"),
    lambda: Settings().load("a = ${b}\nb = ${a}\n").text("a"),
):
    try:
        emit(use())
    except (Unknown, ValueError) as error:
        emit(type(error).__name__)
