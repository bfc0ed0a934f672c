"""Unusual ways to write a number: read as what it is, or not at all, and never as another number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.numbers import written
from harness.graders.numeric import final_number

READ = (
    ("The answer is $\\frac{-3}{4}$", "-0.75"),
    ("15k", "15000"),
    ("$1.5M", "1500000"),
    ("\\frac34", "0.75"),
    ("\\cfrac{3}{4}", "0.75"),
    ("\\boxed{\\frac{1,500}{2}}", "750"),
    ("\\boxed{\\frac{2.5}{5}}", "0.5"),
    ("\\boxed{\\dfrac{3}{4}}", "0.75"),
    ("$\\boxed{\\boxed{42}}$", "42"),
    ("1 234", "1234"),
    ("４２", "42"),
    ("٤٢", "42"),
    ("１，２３４．５", "1234.5"),
    ("42 €", "42"),
    ("The total is 42€.", "42"),
    ("It costs 42 dollars", "42"),
    ("#### 6th place", "6"),
    ("#### 42 apples in total", "42"),
    ("The answer is - 7.", "-7"),
    ("#### - 7", "-7"),
    ("\\boxed{- 7}", "-7"),
    ("> 42", "42"),
    ("1.234.567", "1234567"),
    ("1 234 567,89", "1234567.89"),
    ("1'234.50", "1234.5"),
    ("CHF 1'234.50", "1234.5"),
    ("Rs. 500", "500"),
    ("US$42", "42"),
    ("-US$42", "-42"),
    ("-€5", "-5"),
    ("5万", "50000"),
    ("3 lakh", "300000"),
    ("2 million", "2000000"),
    ("2.5 Million", "2500000"),
    ("2 hundred thousand", "200000"),
    ("$3bn", "3000000000"),
    ("$15 K", "15000"),
    ("42km", "42"),
    ("15 km", "15"),
    ("6.02 \\times 10^{23}", "602000000000000000000000"),
    ("6.02×10²³", "602000000000000000000000"),
    ("2 * 10**3", "2000"),
    ("1.5 · 10⁻³", "0.0015"),
    ("5e−3", "0.005"),
    ("2 and a half", "2.5"),
    ("2 and 1/2", "2.5"),
    ("2\\frac{1}{2}", "2.5"),
    ("$-\\frac{3}{4}$", "-0.75"),
    ("\\frac{3}{-4}", "-0.75"),
    ("{3 \\over 4}", "0.75"),
    ("3 / 4", "0.75"),
    ("\\nicefrac{3}{4}", "0.75"),
    ("\\boxed{42\\%}", "42"),
    ("\\boxed{\\$42}", "42"),
    ("\\boxed{\\text{42 cm}}", "42"),
    ("\\boxed{42\\,\\text{cm}^2}", "42"),
    ("\\boxed{\\textbf{42}}", "42"),
    ("\\boxed{\\left(\\frac{3}{4}\\right)}", "0.75"),
    ("\\fbox{42}", "42"),
    ("\\boxed 42", "42"),
    ("We get\n\\[\n25x\n\\]\nso x = 4.\n\nTherefore there are 100 pens.", "100"),
    ("So \\[ 25 \\] and then four times that, which makes 100 in total.", "100"),
    ("**Answer:** $\\frac{3}{4}$", "0.75"),
    ("The answer is **42 €**.", "42"),
    ("The final answer is $42$.", "42"),
    ("Answer: 42 km/h", "42"),
    ("<b>42</b>", "42"),
    ("&minus;42", "-42"),
    ("−42", "-42"),
    ("1&nbsp;234", "1234"),
    ("1\\;234", "1234"),
    ("1~234", "1234"),
    ("42%", "42"),
    ("~42", "42"),
    ("≈ 42", "42"),
    ("The answer is approximately 42.", "42"),
    ("1/3", "1/3"),
    ("⅔", "2/3"),
    ("3½", "3.5"),
    ("-2½", "-2.5"),
    ("The answer is 6th.", "6"),
    ("The answer is: x = 42", "42"),
    ('{"answer": "42"}', "42"),
    ("¥1,000", "1000"),
    ("42 USD", "42"),
    ("USD 42", "42"),
    ("½", "0.5"),
    ("𝟒𝟐", "42"),
    ("42.", "42"),
    ("42.0", "42"),
    ("1,234,567", "1234567"),
    ("12 345 678", "12345678"),
    ("42!", "42"),
    ("(42)", "42"),
    ('"42"', "42"),
    ("'42'", "42"),
    ("**42**", "42"),
    ("__42__", "42"),
    ("`42`", "42"),
    ("```\n42\n```", "42"),
    ("42\n\nThat is right.", "42"),
    ("The answer is 1.5 million dollars", "1500000"),
    ("\\frac{3}{4}\\text{ cup}", "0.75"),
    ("$$\\frac{7}{2}$$", "3.5"),
    ("\\[ \\boxed{42} \\]", "42"),
    ("Answer: \\[42\\]", "42"),
    ("2.5 \\cdot 10^{3}", "2500"),
    ("The answer is 2^{10} = 1024.", "1024"),
    ("The answer is 12 × 3 = 36.", "36"),
    ("A total of 42 m².", "42"),
    ("42 m2", "42"),
    ("\\boxed{42 m^2}", "42"),
    ("The answer is 42 (forty-two).", "42"),
    ("1 1/2 cups", "1.5"),
    ("42,000.00", "42000"),
    ("0.000", "0"),
    ("-0.5", "-0.5"),
    ("+3", "3"),
    ("The answer is +3.", "3"),
    ("minus 3", "-3"),
)
IN_DOUBT = (
    "- 7",
    "– 7",
    "3 h 20 min",
    "The answer is 3 hours and 20 minutes.",
    "5 ft 4 in",
    "\\sqrt{2}",
    "The answer is $2\\sqrt{3}$.",
    "\\boxed{\\frac{\\sqrt{3}}{2}}",
    "\\boxed{2\\pi}",
    "2π",
    "25x",
    "x > 5",
    "±3",
    "\\pm 3",
    "300 K",
    "15 k",
    "10^5",
    "0x2A",
    "640x480",
    "\\boxed{x \\ge 5}",
    "First compute:\n\n25\n\nThen multiply by 4 to get 100 in total.",
    "The answer is seven.",
    "There are 3 boxes of 4. The answer is twelve.",
    "10<sup>2</sup>",
    "1,23,456",
    "3,14",
    "The answer is 2^10.",
    "\\boxed{2^{10}}",
    "at 10:30",
    "\\log_2 8",
    "\\boxed{\\log_{2} 8}",
    "3 kg 200 g",
    "5'4\"",
    "30°15'",
    "The answer is 5 or 6.",
    "3 x 4",
    "seven",
    "The answer is one hundred and five.",
)


@pytest.mark.parametrize(("answer", "number"), READ)
def test_read(answer: str, number: str) -> None:
    value = final_number(answer)
    assert value is not None
    assert written(value) == number


@pytest.mark.parametrize("answer", IN_DOUBT)
def test_in_doubt(answer: str) -> None:
    assert final_number(answer) is None


SEPARATORS = (",", " ", "\u00a0", "\u2009", "\u202f", "'", "\u2019", "_", "{,}", "\\,", "\\ ", "~")
PLACES = (
    "{}",
    "The answer is {}.",
    "**Answer:** {} pens",
    "It takes 3 steps.\n\nSo there are {} pens.",
    "\\boxed{{{}}}",
    "$\\boxed{{{} \\text{{ cm}}}}$",
    "Step 1\n#### {}",
    "\\[ 25x \\]\nTherefore it is {}.",
)
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९")


@settings(max_examples=60)
@given(
    st.integers(0, 10**12),
    st.sampled_from(SEPARATORS),
    st.sampled_from(PLACES),
    st.sampled_from(DIGITS),
    st.sampled_from(("", "-", "\u2212", "+")),
)
def test_groups_in_every_place(number: int, separator: str, place: str, digits: str, sign: str) -> None:
    text = f"{number:,}".replace(",", separator).translate(str.maketrans("0123456789", digits))
    value = -number if sign in ("-", "\u2212") else number
    assert final_number(place.format(sign + text)) == value


@settings(max_examples=60)
@given(
    st.integers(0, 9999),
    st.integers(1, 99),
    st.sampled_from(("frac", "dfrac", "tfrac", "cfrac")),
    st.sampled_from(
        ("{sign}\\{name}{{{a}}}{{{b}}}", "\\{name}{{{sign}{a}}}{{{b}}}", "\\{name}{{{a}}}{{{sign}{b}}}")
    ),
    st.sampled_from(("", "-")),
    st.sampled_from(PLACES[:6]),
)
def test_fractions_of_latex(above: int, below: int, name: str, form: str, sign: str, place: str) -> None:
    text = form.format(sign=sign, name=name, a=f"{above:,}", b=below)
    assert final_number(place.format(f"${text}$")) == Fraction(-above if sign else above, below)


@settings(max_examples=100)
@given(
    st.text("0123456789.,-/+ e^{}()[]\\$%'\n=#*xkMπ√½²boxedfracsqrtanswer is", max_size=60),
    st.integers(0, 99),
)
def test_a_root_or_a_letter_makes_no_number(text: str, number: int) -> None:
    assert final_number(f"\\boxed{{\\sqrt{{{number}}}}}") is None
    assert final_number(f"The answer is {number}\\pi.") is None
    final_number(text)  # never raises
