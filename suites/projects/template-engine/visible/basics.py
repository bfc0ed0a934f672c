from templates import Environment, Safe, TemplateError

pages = Environment(
    {
        "base": "<h1>{% block title %}Home{% endblock %}</h1>",
        "page": '{% extends "base" %}{% block title %}{{ name }} - {{ super }}{% endblock %}',
        "list": "{% for x in xs %}{{ loop.number }}:{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "broken": "{# two\nlines #}\n\n{{ a | nothing }}",
    }
)
emit(pages.render("page", {"name": "A & B"}))
emit(pages.render("base", {}))
emit(pages.render("list", {"xs": ["<", Safe("<b>")], "x": "outside"}))
try:
    pages.render("broken", {})
except TemplateError as error:
    emit(str(error))
