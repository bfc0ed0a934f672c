from templates import Environment, TemplateError


def render(source, **values):
    return Environment({"t": source}).render("t", values)


emit(render("{{ a }}|{{ b.c }}|{{ l.1 }}|{{ l.9 }}|{{ no.where }}|{{ n }}|{{ t }}", a=1, b={"c": "x"}, l=[1, 2.5], n=None, t=True))
emit(render("{% if a > 1 and not b %}A{% elif b or c == 'x' %}B{% else %}C{% endif %}", a=1, b=0, c="x"))
emit(render("{% for x in xs %}[{{ x }}]{% else %}none{% endfor %}{% for x in no %}{% else %}none{% endfor %}", xs=[3, 1, 2]))
emit(render("{{ n | default:'-' }} {{ z | default:'-' }} {{ e | default:'-' }}{{ u | default:7 }}", n=None, z=0, e=""))
emit(render("{{ word | upper | cut:3 }} {{ word | length }} {{ xs | sort | join:', ' }} {{ 'a' in word }}", word="abcd", xs=["z", "y"]))
emit(render("a  {{- x -}}  b {%- if x -%} \n c {%- endif %} d {#- e -#} f", x=1))
emit(render("{% raw %}{{ x }} {% if %}{% endraw %}{# {{ x }} #}!"))
emit(render("{% set y = x | upper %}{{ y }}{{ (y == 'A') and \"B\" or 'C' }}{{ no or 0 }}", x="a"))
emit(Environment({"a": "1{% include 'b' %}3", "b": "{{ n }}"}).render("a", {"n": 2}))
emit(render("{{ a }}", a='<a href="x">&'))
for source in ("{{ a b }}", "{% if a %}", "{% what %}", "{% block a %}{% endblock %}{% block a %}{% endblock %}", "{% include 'x' %}"):
    try:
        render(source)
    except TemplateError as error:
        emit(str(error))
