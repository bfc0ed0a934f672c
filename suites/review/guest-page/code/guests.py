import html
import re


def row(entry):
    # the name comes from a form as well
    name = html.escape(entry["name"])
    text = html.escape(entry["text"])
    stars = "*" * entry["stars"]
    return f"<li><b>{name}</b> {text} <i>{stars}</i></li>"


def page(entries):
    rows = [row(entry) for entry in reversed(entries)]
    return "\n".join(["<ul>", *rows, "</ul>"])


def search(entries, words):
    wanted = re.compile(re.escape(words), re.IGNORECASE)
    return [
        entry
        for entry in entries
        if wanted.search(entry["name"]) or wanted.search(entry["text"])
    ]


def average(entries):
    if not entries:
        return 0.0
    return round(sum(entry["stars"] for entry in entries) / len(entries), 1)
