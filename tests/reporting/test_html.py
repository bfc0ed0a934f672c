from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.reporting.season import EVIL_MODEL, HOSTILE

VOID = {"meta", "link", "img", "br", "hr", "input", "wbr"}


class Page(HTMLParser):
    """Tags with their attributes, text by tag, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


@pytest.fixture(scope="module")
def source(reports: Path) -> str:
    return (reports / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_every_tag_is_closed(page: Page) -> None:
    assert page.open == []


def test_nothing_comes_from_elsewhere(page: Page) -> None:
    for tag, attributes in page.tags:
        for name in ("src", "href", "srcset", "action", "data", "xlink:href", "poster"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:")), (tag, name, value)
    assert "@import" not in "".join(page.texts["style"])
    assert not re.search(r"url\((?!#)", "".join(page.texts["style"]))


def test_the_only_script_is_ours(page: Page) -> None:
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE[:3])
def test_a_hostile_answer_is_shown_as_it_is(page: Page, text: str) -> None:
    assert text in "".join(page.texts["pre"])


def test_controls_and_direction_marks_are_signs(source: str, page: Page) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)
    assert any("␛[31mred" in text for text in page.texts["pre"])
    assert any("[U+202E]txet" in text for text in page.texts["pre"])


def test_a_long_answer_is_cut_and_says_so(source: str, page: Page) -> None:
    assert len(source) < 1_000_000
    assert any("[5,000,000 characters in all]" in text for text in page.texts["pre"])


def test_prompts_that_are_known_are_shown(page: Page) -> None:
    assert any("What is <b>this</b>?" in text for text in page.texts["pre"])


def test_every_chart_is_told_in_words(page: Page) -> None:
    charts = [attributes for tag, attributes in page.tags if attributes.get("role") == "img"]
    assert len(charts) == [tag for tag, _ in page.tags].count("svg")
    assert any("good" in (attributes["aria-label"] or "") for attributes in charts)


def test_ids_are_unique(page: Page) -> None:
    ids = [
        attributes["id"]
        for tag, attributes in page.tags
        if "id" in attributes and tag not in ("path", "clippath", "rect")
    ]
    assert len(ids) == len(set(ids))


def test_the_summary_is_a_page_of_its_own_without_a_script(reports: Path) -> None:
    source = (reports / "EXECUTIVE_SUMMARY.html").read_text("utf-8")
    page = Page(source)
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "img", "svg"}
    hrefs = [attributes["href"] for _, attributes in page.tags if "href" in attributes]
    assert hrefs == ["data:,", "index.html"]
    assert page.texts["h3"] == [
        "Who leads", "How sure is this?", "What changed since the last run", "What it cost",
    ]  # fmt: skip
    assert EVIL_MODEL not in source


def browse(page: Path, profile: Path, *act: str) -> str:
    """What the browser makes of a page (of ``act``, where given); not a word on its console."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium here")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", "--enable-logging=stderr", *(act or ("--dump-dom",)), page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr, [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return done.stdout


def test_the_browser_runs_it_without_a_word(reports: Path, tmp_path: Path) -> None:
    """No console message, nothing asked of the network, and the script has done its work."""
    text = browse(reports / "index.html", tmp_path)
    dom = Page(text)
    shown = [text for text in dom.texts["output"] if text.endswith("shown")]
    assert shown == [f"{text.count('data-outcome=')} shown"]
    assert [tag for tag, _ in dom.tags].count("script") == 1
    assert EVIL_MODEL not in text


def test_the_summary_prints_on_one_sheet(reports: Path, tmp_path: Path) -> None:
    paper = tmp_path / "summary.pdf"
    browse(reports / "EXECUTIVE_SUMMARY.html", tmp_path / "profile", f"--print-to-pdf={paper}")
    assert {int(n) for n in re.findall(rb"/Count (\d+)", paper.read_bytes())} == {1}


HANDS = """
const said = [];
const first = (table) => document.querySelector(`${table} tbody tr`).cells[1].textContent;
const slide = (name, value) => {
  const input = document.querySelector(`.sliders [name=${name}]`);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
said.push(first("table.weights"));
slide("quality", 0); slide("speed", 0); slide("cost", 100);
said.push(first("table.weights"));
said.push([...document.querySelectorAll(".sliders output")].map((o) => o.textContent).join("/"));
const headings = [...document.querySelectorAll("#standings table thead button")];
const heading = headings.find((b) => b.textContent === "p50");
heading.click();
said.push(heading.parentElement.ariaSort);
heading.click();
said.push(first("#standings table"));
const find = document.querySelector(".find input");
find.value = "GOO";
find.dispatchEvent(new Event("input", { bubbles: true }));
said.push(document.querySelector(".find output").textContent);
document.querySelector("#breakdown a.t").click();
said.push(document.querySelector("#transcripts output").textContent);
said.push(document.querySelectorAll("#transcripts details[open]").length);
document.title = said.join(" | ");
"""


def test_hands_on_the_page(source: str, tmp_path: Path) -> None:
    """Sliders rank anew, headings sort, the search hides, and a figure leads to its transcripts."""
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    moved = free.replace("</body>", f"<script>{{{HANDS}}}</script></body>")
    (tmp_path / "page.html").write_text(moved, "utf-8")
    title = "".join(Page(browse(tmp_path / "page.html", tmp_path / "profile")).texts["title"])
    assert title.split(" | ") == [
        "good", "fast", "0 %/0 %/100 %", "descending", "fast", "1 found", "3 shown", "1",
    ]  # fmt: skip
