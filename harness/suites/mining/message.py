"""A commit's message as the words of a task: what is to be done, and nothing about people and places."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TRAILER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*: \S.*|\(cherry picked from .*\)|git-svn-id: .*")
_ALWAYS_TRAILER = re.compile(
    r"\s*(?:(?:signed-off|co-authored|co-developed|reviewed|acked|tested|reported|suggested|assisted|helped)-by"
    r"|change-id|git-svn-id|cc|generated with|see also|pull request|pr-url|reviewed-on)\b:?.*",
    re.IGNORECASE,
)
_LINKED = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_LINK = re.compile(r"<?\b(?:[a-z][a-z0-9+.-]*://|www\.)[^\s>)\]]+>?", re.IGNORECASE)
_MAIL = re.compile(r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")
_THANKS = re.compile(r"\s*\(?(?:\bthanks to|\bby|\bcc|\bvia|\breported by) @[\w-]+\)?", re.IGNORECASE)
_NUMBER = re.compile(
    r"[ \t]*\(?(?:\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|see|issue|pr|gh|bpo)[\s:#-]+)?"
    r"(?:[\w.-]+/[\w.-]+)?#\d+\)?|[ \t]*\(?\bGH-\d+\)?",
    re.IGNORECASE,
)
_HASH = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b")
_KIND = re.compile(r"(?:\[[\w ./-]{1,20}\]\s*|[a-z]{2,10}(?:\([\w ./,*-]{1,40}\))?!?:\s+)")  # fix(core):
_WORD = re.compile(r"[^\W\d_]{2,}")
_CHARS = 8_000  # of a message that are read: some of these patterns take the square of it
_STOCK = frozenset(
    """
    address addressed addresses and adjust adjusted again another bug bugfix bugs bump bumped change changed
    changes chore clean cleaned cleanup code comments commit debug docs even few fix fixed fixes fixing fixup
    for format formatting from hotfix improve improved improvements initial into lint linting merge merged
    minor misc more nit nits of oops patch pep prepare progress pull quick readme refactor refactored
    refactoring release remove request revert reverted review ruff small some squash stuff style temp test
    tests the things this tmp try trying tweak tweaks typo typos up update updated updates version wip with
    work working
    """.split()  # noqa: SIM905
)


def task_words(message: str, people: Sequence[str]) -> str:
    """A message without trailers, names of ``people``, addresses, hashes, links and numbers of issues.

    Of one that is longer than a description of work, its beginning.
    """
    text = "\n\n".join(_without_trailers(message[:_CHARS].replace("\r\n", "\n").strip().split("\n\n")))
    text = _LINKED.sub(r"\1", text)
    for pattern in (_LINK, _MAIL, _THANKS, _NUMBER, _HASH):
        text = pattern.sub("", text)
    for person in sorted({name for name in people if len(name) > 3}, key=len, reverse=True):
        text = re.sub(rf"(?:\s*\bby\s+)?(?<!\w){re.escape(person)}(?!\w)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    lines = [re.sub(r"(?<=\S) {2,}", " ", line).rstrip(" ,;:(") for line in text.split("\n")]
    kept = [line for line in lines if not line or any(sign.isalnum() or sign in "`=~" for sign in line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def says_something(words: str) -> bool:
    """Whether more can be understood of a cleaned message than that something changed."""
    telling = {word for word in _WORD.findall(_KIND.sub("", words.lower(), count=1)) if word not in _STOCK}
    other_scripts = sum(1 for sign in words if sign.isalpha() and ord(sign) > 0x2E7F)
    return len(telling) >= 3 or other_scripts >= 6


def title(words: str) -> str:
    """The first line."""
    return words.partition("\n")[0]


def _without_trailers(paragraphs: list[str]) -> list[str]:
    kept = ["\n".join(line for line in part.split("\n") if not _ALWAYS_TRAILER.fullmatch(line))
            for part in paragraphs]  # fmt: skip
    if len(kept) > 1 and all(_TRAILER.fullmatch(line.strip()) for line in kept[-1].split("\n")):
        kept.pop()
    return [part for part in kept if part.strip()]
