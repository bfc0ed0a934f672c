from templates import Environment

pages = Environment(
    {
        "root": "R[{% block a %}ra{{ super }}{% endblock %}|{% block b %}rb{% block c %}rc{{ v }}{% endblock %}{% endblock %}]",
        "mid": '{% set v = 9 %}shown?{% extends "root" %}{% block a %}ma({{ super }}){% endblock %}{% block c %}mc{% endblock %}{% block d %}md{% endblock %}',
        "leaf": '{% extends "mid" %}{% block a %}la({{ super }}{{ super }}){% endblock %}{% block b %}lb({{ super }}){% endblock %}',
        "other": '{% extends "root" %}{% block c %}oc({{ super }}){% endblock %}',
        "deep": '{% extends "leaf" %}{% block d %}dd{% endblock %}{% block c %}{% for v in vs %}{{ super }}{% endfor %}{% endblock %}',
        "late": '{% extends "leaf" %}{% block c %}{% set v = "s" %}{% if v == "x" %}{{ super }}{% endif %}{{ v }}{% endblock %}',
        "include": "{% block a %}ia{% endblock %}{% include page %}{% block b %}ib{% endblock %}",
        "again": '{% extends "other" %}{% block c %}{{ super }}+{{ v }}{% endblock %}',
    }
)
for name in ("root", "leaf", "root", "other", "mid", "leaf", "leaf", "root"):
    emit(pages.render(name, {"v": 1}))
emit(pages.render("deep", {"v": 1, "vs": [7, 8]}))
emit(pages.render("late", {"v": 1}))
emit(pages.render("include", {"page": "other", "v": 2}))
emit(pages.render("again", {"v": 5}))
emit(pages.render("include", {"page": "leaf"}))
emit(pages.render("root", {"v": 3}))
