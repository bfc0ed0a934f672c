"""Chat templates of the kinds that models bring along. All are written for these tests."""

from __future__ import annotations

import re

import pytest

from harness.engines.local.templates import ChatTemplate, chat_template
from harness.messages import Message

SYSTEM, USER = Message("system", "Be brief."), Message("user", "What is six times seven?")
ANSWER, AGAIN = Message("assistant", "42"), Message("user", "And eight times seven?")

PLAIN = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}"
TURNS = (
    "{% for m in messages %}<{{ m.role }}>CONTENT</s>{% endfor %}{% if add_generation_prompt %}<a>{% endif %}"
)
PARTS = "{% for p in m.content %}{% if p.type == 'text' %}{{ p.text }}{% endif %}{% endfor %}"
SYSTEM_FIRST = (
    "{% set begin = 0 %}{% if messages[0].role == 'system' %}<sys>{{ messages[0]['content'] }}</sys>"
)


def own(source: str, bos: str = "<s>") -> ChatTemplate:
    return chat_template("own", source, bos, "</s>")


def turns(content: str) -> str:
    return TURNS.replace("CONTENT", content)


KEPT = {  # template, and what it writes of SYSTEM and USER
    "text": (turns("{{ m.content }}"), "<system>{s}</s><user>{u}</s><a>"),
    "trimmed text": (turns("{{ m['content'] | trim }}"), "<system>{s}</s><user>{u}</s><a>"),
    "typed parts only": (turns(PARTS), "<system>{s}</s><user>{u}</s><a>"),
    "the first part": (turns("{{ m.content[0].text }}"), "<system>{s}</s><user>{u}</s><a>"),
    "parts by filters": (
        turns("{{ m.content | selectattr('type', 'equalto', 'text') | map(attribute='text') | join }}"),
        "<system>{s}</s><user>{u}</s><a>",
    ),
    "either": (
        turns(f"{{% if m.content is string %}}{{{{ m.content }}}}{{% else %}}{PARTS}{{% endif %}}"),
        "<system>{s}</s><user>{u}</s><a>",
    ),
    "system as text, the question in parts": (
        SYSTEM_FIRST + "{% set begin = 1 %}{% endif %}{% for m in messages[begin:] %}"
        f"<{{{{ m.role }}}}>{PARTS}</s>{{% endfor %}}{{% if add_generation_prompt %}}<a>{{% endif %}}",
        "<sys>{s}</sys><user>{u}</s><a>",
    ),
    "no system role": (
        "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
        + turns("{{ m.content }}"),
        "<user>{s}\n\n{u}</s><a>",
    ),
    "a system prompt lost in silence": (
        "{% for m in messages if m.role != 'system' %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}<a>",
        "<user>{s}\n\n{u}</s><a>",
    ),
    "tools and documents that are not there": (
        "{% if tools is not none %}{{ tools[0] }}{% endif %}{% if documents %}{{ documents[0] }}{% endif %}"
        "{{ bos_token }}" + turns("{{ m.content }}"),
        "<s><system>{s}</s><user>{u}</s><a>",
    ),
    "generation marks, breaks and a namespace": (
        "{% set n = namespace(i=0) %}{% for m in messages %}{% generation %}<{{ m.role }}>"
        "{{ m.content }}</s>\n"
        "{% endgeneration %}{% set n.i = n.i + 1 %}{% if n.i == 3 %}{% break %}{% endif %}{% endfor %}",
        "<system>{s}</s>\n<user>{u}</s>\n<assistant>",
    ),
    "JSON in the prompt": (
        "{{ {'ä': '<&>'} | tojson(indent=None) }}" + turns("{{ m.content }}"),
        '{{"ä": "<&>"}}<system>{s}</s><user>{u}</s><a>',
    ),
    "what a template prepares in a macro with a loop of its own": (
        "{% macro say(m) %}{% for line in m.content.split('\\n') %}{{ line }}{{ '' if loop.last else '\\n' }}"
        "{% endfor %}{% endmacro %}" + turns("{{ say(m) }}"),
        "<system>{s}</s><user>{u}</s><a>",
    ),
    "a header that is only seen before answers": (
        "{% for m in messages %}{% if m.role == 'system' %}{{ m.content }}{% elif m.role == 'user' %}"
        "### Question {{ m.content }} {% else %}### Answer {{ m.content }} {% endif %}{% endfor %}",
        "{s}### Question {u} ### Answer ",
    ),
    "words of its own about typed parts": (
        "Images come as {'type': 'text'}." + turns("{{ m.content }}"),
        "Images come as {{'type': 'text'}}.<system>{s}</s><user>{u}</s><a>",
    ),
}


@pytest.mark.parametrize("kind", KEPT)
def test_whatever_a_template_does_the_question_is_in_the_prompt(kind: str) -> None:
    source, expected = KEPT[kind]
    prompt = own(source).render([SYSTEM, USER])
    assert prompt == expected.format(s=SYSTEM.content, u=USER.content)
    assert USER.content in own(source).render([USER])


def test_the_date_of_today_is_written() -> None:
    prompt = own("{{ strftime_now('%Y-%m-%d') }}" + PLAIN).render([USER])
    assert re.match(r"\d{4}-\d\d-\d\d<user>", prompt)


LOST = {  # template, and the reason
    "only the first letter": (
        turns("{{ m.content[0] }}"),
        r"loses what the user says; in typed parts it writes",
    ),
    "another key": (turns("{{ m.text }}"), "^loses what the user says$"),
    "a name in place of a template": ("chatml", "loses what the user says"),
    "nothing": ("{% if false %}x{% endif %}", "writes nothing"),
    "nothing but blanks": ("  \n", "writes nothing"),
    "nothing at all": ("", "writes nothing"),
    "refusal": (
        "{{ raise_exception('Only for\n machines') }}",
        r"refuses the messages \(Only for machines\)",
    ),
    "an attribute that is not there": (
        "{{ messages[0].tool_calls[0].name }}",
        "no attribute 'tool_calls'\\)$",
    ),
    "arithmetic": ("{{ 1 // 0 }}", "division"),
    "a key error": ("{{ {'a': 1}.pop('b') }}", "refuses the messages"),
    "what the sandbox refuses": ("{{ messages.append(1) }}", "refuses the messages .*unsafe"),
    "a way out of the sandbox": (
        "{{ messages.__class__.__mro__[1].__subclasses__() }}",
        "refuses the messages",
    ),
    "an unknown function": ("{{ now() }}", "'now' is undefined"),
    "an unknown filter": ("{{ messages | shuffle }}", r"is broken \(line 1: No filter named 'shuffle'"),
    "an unknown tag": ("{% call_tool %}", r"is broken \(line 1: Encountered unknown tag"),
    "a loop of its own": ("{% for m in messages %}", "is broken"),
    "nesting beyond Python": ("{% for a in b %}" * 30 + "{% endfor %}" * 30, "is broken"),
    "a loop in a loop": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "refuses the messages .*its loops do not end within 1,000,000 steps",
    ),
    "a macro that calls itself": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
    "a range that no loop should have": ("{{ range(10**9) | list }}", "refuses the messages .*[Rr]ange"),
}


@pytest.mark.parametrize("kind", LOST)
def test_what_cannot_be_used_is_one_line(kind: str) -> None:
    source, reason = LOST[kind]
    with pytest.raises(ValueError, match=reason) as error:
        own(source)
    assert "\n" not in str(error.value) and len(str(error.value)) < 600


def test_examples_before_the_question_are_kept_or_refused() -> None:
    chat = [USER, ANSWER, AGAIN]
    assert own(PLAIN).render(chat).count("</s>") == 3
    in_parts = own(turns(PARTS)).render(chat)
    assert (
        in_parts == "<user>What is six times seven?</s><assistant>42</s><user>And eight times seven?</s><a>"
    )
    answers_as_text = turns("{% if m.role == 'assistant' %}{{ m.content }}{% else %}" + PARTS + "{% endif %}")
    assert own(answers_as_text).render(chat) == in_parts
    deaf = own("{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}")
    assert deaf.render([USER]) == USER.content
    with pytest.raises(ValueError, match="loses what the assistant says"):
        deaf.render(chat)


def test_turns_of_one_role_are_joined_where_roles_must_alternate() -> None:
    strict = own(
        "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Conversation roles must alternate') }}{% endif %}{{ m.role }}: {{ m.content }}\n"
        "{% endfor %}"
    )
    assert strict.render([USER, AGAIN]) == f"user: {USER.content}\n\n{AGAIN.content}\nassistant: "
    assert strict.render([SYSTEM, USER, AGAIN]).startswith(f"user: {SYSTEM.content}\n\n{USER.content}")
    with pytest.raises(ValueError, match="must alternate"):
        strict.render([ANSWER, USER])


def test_without_a_template_of_its_own_a_model_gets_chatml_or_plain_text() -> None:
    chatml = chat_template("chatml", "", "", "")
    assert chatml.render([SYSTEM, USER]).endswith(
        f"<|im_start|>user\n{USER.content}<|im_end|>\n<|im_start|>assistant\n"
    )
    assert chatml.stop == (b"<|im_end|>",)
    plain = chat_template("none", "", "", "")
    assert plain.render([SYSTEM, USER]) == f"{SYSTEM.content}\n\n{USER.content}\n\nAnswer:"
    assert plain.render([USER, ANSWER, AGAIN]) == (
        f"{USER.content}\n\nAnswer: {ANSWER.content}\n\n{AGAIN.content}\n\nAnswer:"
    )
    assert plain.stop == own(PLAIN).stop == ()
