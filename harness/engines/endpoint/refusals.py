"""What a refusal means that came with a request for more than words: tools, or images."""

from __future__ import annotations

from harness.engines.endpoint.failures import any_of
from harness.records import Failure

NO_TOOLS, BAD_CALL = "no_tools", "bad_call"
_BAD_CALL = any_of(  # the model wrote a call that its server could not read
    "tool_use_failed",
    r"failed to call a (tool|function)",
    r"pars(e|ing)\b.{0,20}\b(tool|function)[ _-]?call",
    r"malformed.{0,10}(tool|function)[ _-]?call",
)
_TOOLS = any_of(r"\btools?\b", r"\btool[_ -]?(call|choice|use)", r"\bfunction[_ -]?call")

NO_VISION = "no_vision"
_SIGHT = r"\b(images?|image_\w+|pictures?|vision|multi-?modal|vlm)\b"
_NOT = r"(n't|\b(not?|cannot|unsupported|unknown|unexpected|only|missing|disabled|at most 0))\b"
_NOT_SEEING = any_of(  # the model, or its server
    f"{_NOT}.{{0,60}}{_SIGHT}",
    f"{_SIGHT}.{{0,60}}{_NOT}",
    r"\btext[- ]only\b",
    r"\bmmproj\b",
    r"\bcontent\b.{0,40}\b(must|should|has to) be (of type )?(a |an )?(valid )?(string|text)",
    r"expect(ed|ing) (a |single )?(string|text)\b",
    r"input should be a valid string",
)
_THIS_PICTURE = any_of(  # something is wrong with, and other pictures would be seen
    r"\bformats?\b",
    r"\b(media|mime|image|file)[ _-]?types?\b",
    r"\b(size|pixels?|dimensions?|resolution|bytes?|[km]b)\b",
    r"\btoo (many|large|big|small|long)\b",
    r"\b(exceed|corrupt|decod|download|fetch|base64|accessible|could not)",
    r"\b(invalid|bad) image\b",
    r"\bnot (a )?(valid|found)\b",
)


def of_tools(failure: Failure) -> Failure:
    """What a failure means when tools were offered: perhaps that the server, or the model, has none."""
    if failure.kind not in ("bad_request", "not_found", "server_error"):
        return failure
    if _BAD_CALL.search(failure.message):
        return Failure(BAD_CALL, failure.message)
    return Failure(NO_TOOLS, failure.message) if _TOOLS.search(failure.message) else failure


def of_images(failure: Failure) -> Failure:
    """What a failure means when images were sent: perhaps that the model, or its server, sees none."""
    words = failure.message
    refused = _NOT_SEEING.search(words) and not _THIS_PICTURE.search(words)
    if failure.kind not in ("bad_request", "not_found", "server_error") or not refused:
        return failure
    return Failure(NO_VISION, f"the model sees no images: {words}")
