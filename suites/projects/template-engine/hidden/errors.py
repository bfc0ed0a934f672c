from templates import Environment, TemplateError

pages = {
    "a": "one\n\n{%- if x -%}\n\n\n{{ x < 'y' }}\n{% endif %}\n",
    "b": "{#\n\n#}{{ x }}\n{{ y\n | default:\n 3 }}\n{{ no | no }}",
    "c": "{% raw %}\n\n{% endraw %}\n{% for x in y %}\n{% if x %}{% endif %}",
    "d": "\n{{- x -}}\n\n{% wrong %}",
    "base": "\n\n{% block a %}\n{{ x < 'a' }}{% endblock %}\n{% block b %}{% endblock %}{{ 'a' > x }}",
    "e": '{% extends "base" %}\n{% block a %}ok{% endblock %}\n\n{% block b %}\n\n{{ x > "b" }}{% endblock %}',
    "f": '{% extends "base" %}\n{% block a %}\n{% set x = "0" %}{{ super }}{{ 1 in 2 }}{% endblock %}',
    "g": '{% extends "base" %}\n{% block a %}\n{{ super }}{% endblock %}',
    "h": "\n\n{% include n %}",
    "i": "\n\n\n{% include 'a' %}",
    "j": '{% extends "base" %}{% block a %}{% endblock %}',
    "k": "{%- if a -%}\n{%- elif 3 > 'x' -%}\n{% endif %}",
    "l": "x\n{% if a %}\n{% elif b | c %}\n{% endif %}",
    "m": "\n{% block a %}\n{% raw %}{% endblock %}",
    "n": "{% extends 'base' %}",
}
for name in "abcdefghijklmn":
    try:
        emit(Environment(pages).render(name, {"x": 1, "n": "nowhere"}))
    except TemplateError as error:
        emit(" ".join(str(error).split()[:4]))
environment = Environment(pages)
for name in ("e", "base"):
    try:
        environment.render(name, {"x": 1})
    except TemplateError as error:
        emit(str(error).split()[0])
