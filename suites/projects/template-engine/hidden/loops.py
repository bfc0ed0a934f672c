from templates import Environment


def render(source, **values):
    return Environment({"t": source, "inc": "{{ x }}{% set x = 'i' %}{{ x }}{{ loop.number }}"}).render("t", values)


emit(render("{% for x in xs %}{{ x }}{% endfor %}{{ x }}", xs=[1, 2], x="o"))
emit(render("{% for x in xs %}{{ loop.number }}{% for x in x %}({{ loop.number }}{{ loop.last }}{{ x }}){% endfor %}{{ loop.last }}{{ x | join }};{% endfor %}", xs=["ab", "c"]))
emit(render("{% for x in xs %}{{ seen | default:'-' }}{% set seen = x %}{{ seen }}{% endfor %}{{ seen | default:'-' }}", xs=[1, 2, 3]))
emit(render("{% set n = 0 %}{% for x in xs %}{% set n = x %}{{ n }}{% endfor %}{{ n }}", xs=[1, 2]))
emit(render("{% if a %}{% set b = a %}{% endif %}{{ b }}{% set a = 3 %}{{ a }}", a=2, b=1))
emit(render("{% for x in xs %}{% include 'inc' %}{{ x }};{% endfor %}", xs=[1, 2], x=9))
emit(render("{% for loop in xs %}{{ loop.number }}{% endfor %}", xs=[1, 2]))
emit(render("{% for x in xs %}{% if loop.first %}{% set y = 'f' %}{% endif %}{{ y }}{% for z in xs %}{% set y = z %}{% endfor %}{{ y }}{% endfor %}", xs=[1, 2], y="o"))
emit(render("{% for x in xs %}{% else %}{{ x }}{{ loop.number }}{% endfor %}|{% for x in x %}{{ x }}{% endfor %}", x="ab"))
values = {"x": 1, "xs": [[1], [2]]}
Environment({"t": "{% set x = 2 %}{% set new = 3 %}{% for y in xs %}{% set xs = 1 %}{% endfor %}"}).render("t", values)
emit(values)
emit(render("{% for x in xs %}{% for y in xs %}{% if y == x %}{{ loop.number }}{{ x }}{% endif %}{% endfor %}{% if loop.last %}.{% endif %}{% endfor %}", xs=["a", "b"], y="b"))
