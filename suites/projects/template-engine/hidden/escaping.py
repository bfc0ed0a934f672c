from templates import Environment, Safe


def render(source, **values):
    return Environment({"t": source}).render("t", values)


text, safe = " <b>&\nx ", Safe("<i>&amp;\ny</i> ")
emit(render("{{ t | upper }}|{{ s | upper }}", t=text, s=safe))
emit(render("{{ t | trim | lower }}|{{ s | trim }}", t=text, s=safe))
emit(render("{{ t | lines }}|{{ s | lines }}", t=text, s=safe))
emit(render("{{ t | lines | trim | cut:9 }}", t=text))
emit(render("{{ t | escape | escape }}|{{ s | escape }}|{{ t | safe }}", t=text, s=safe))
emit(render("{{ t | safe | upper | lines }}", t=text))
emit(render("{{ xs | join:'&' }}|{{ ys | join:'&' }}|{{ xs | join:s }}", xs=["<", 1], ys=["<", Safe("<br>"), None], s=Safe("<hr>")))
emit(render("{{ n | default:s }}|{{ s | default:t }}|{{ t | default:s | trim }}", n=None, t=text, s=Safe("<s>")))
emit(render("{% set a = t | safe | trim %}{% set b = t | trim %}{{ a }}|{{ b }}|{{ a or b }}|{{ s == '<s>' }}", t="<t> ", s=Safe("<s>")))
emit(render("{{ n | lines }}|{{ f | upper }}|{{ 5 | lines }}|{{ u | lines }}", n=None, f=False))
pages = {
    "base": "{% block a %}<b>&amp;</b>{% endblock %}",
    "page": '{% extends "base" %}{% block a %}{{ super | upper | trim }} {{ super | length }} {{ x }}{{ super or x }}{% endblock %}',
}
emit(Environment(pages).render("page", {"x": "<"}))
emit(type(Environment(pages).render("base", {})).__name__)
