import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.graders.numbers import written
from harness.graders.numeric import Numeric, final_number
from harness.records import Completion
from tests.graders.tasks import task


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        # how numbers are written
        ("42", "42"),
        ("42.", "42"),
        ("+7", "7"),
        ("007", "7"),
        ("-42", "-42"),
        ("−42", "-42"),
        ("–42", "-42"),
        ("minus 42", "-42"),
        ("negative 42", "-42"),
        ("x = - 5", "-5"),
        ("1,234", "1234"),
        ("1 234", "1234"),
        ("1\u202f234\u00a0567", "1234567"),
        ("1'234", "1234"),
        ("1_234.5", "1234.5"),
        ("1,234,567.25", "1234567.25"),
        ("1.234", "1.234"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        (".5", "0.5"),
        ("0.50", "0.5"),
        ("3/4", "0.75"),
        ("-1/2", "-0.5"),
        ("1/3", "1/3"),
        ("2 1/2", "2.5"),
        ("-3 1/2", "-3.5"),
        ("2½", "2.5"),
        ("¾", "0.75"),
        ("6e3", "6000"),
        ("1.5E-3", "0.0015"),
        ("6.02 × 10^23", "602" + "0" * 21),
        ("2x10⁻²", "0.02"),
        ("3 million", "3000000"),
        ("2 dozen", "24"),
        ("25%", "25"),
        ("25 %", "25"),
        ("$1,234.50", "1234.5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("€ 7", "7"),
        ("7 €", "7"),
        ("5kg", "5"),
        ("42 km/h", "42"),
        ("25 cm^2", "25"),
        ("25 m²", "25"),
        ("90°", "90"),
        # LaTeX
        ("$42$", "42"),
        (r"\(42\)", "42"),
        (r"1{,}234", "1234"),
        (r"1\,234", "1234"),
        (r"90^\circ", "90"),
        (r"3 \times 10^{4}", "30000"),
        # places, from the strongest to the weakest
        (r"The answer is 1. \boxed{42} #### 2", "42"),
        (r"\boxed{41} no, \boxed{42}", "42"),
        (r"\boxed{x = 42}", "42"),
        (r"\boxed{\frac{3}{4}}", "0.75"),
        (r"\boxed{-\dfrac{3}{4}}", "-0.75"),
        (r"\boxed{1\frac{1}{2}}", "1.5"),
        (r"\boxed{42 \text{ cm}}", "42"),
        (r"\boxed{12 + 30 = 42}", "42"),
        ("The answer is 1.\n#### 42\nThat was 6 of 7.", "42"),
        ("#### Step 1\n6 times 7\n#### Step 2\nThe answer is 42.", "42"),
        ("The answer is 42 because 6 * 7 is that, in 1 step.", "42"),
        ("The answer is 41. Sorry, the answer is 42. There are 2 steps.", "42"),
        ("**Answer:** **42**", "42"),
        ("Answer: $42", "42"),
        ("The final answer is: about 42 (6 by 7)", "42"),
        ("The answer is 12 + 30 = 42.", "42"),
        ('{"answer": 42}', "42"),
        ("42\n\nSix boxes with 7 pens each.", "42"),
        ("First 6, then 7.\n\n**42 pens**\n\nChecked in 2 ways.", "42"),
        ("42\n42", "42"),
        ("6 × 7 = 42", "42"),
        ("Six boxes with 7 pens each make 42 pens.", "42"),
        ("The 3rd box, so 42 pens in all, as the 1st said", "42"),
        ("The answer is not 41 but 42", "42"),
        ("<answer>42</answer>", "42"),
    ],
)
def test_final_number(answer: str, number: str) -> None:
    found = final_number(answer)
    assert found is not None
    assert written(found) == number


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   ",
        "forty-two",
        "- 5",  # a list's item, or negative
        "the 3rd",
        "x2",
        "v1.5",
        "3,5",
        "0,5",
        "1,23,456",
        "0,234",
        "12 34",
        "1.2.3",
        "5..7",
        "5²",
        "5^2",
        "3/0",
        "1/2/3",
        "10:30",
        "2024-01-05",
        "1, 2, 3",
        "1 2 3 4",
        "41 or 42",
        "40 to 42",
        "40-42",
        "6 * 7",
        "12 + 30",
        "10 minus 5",
        "12\n34",
        "The answer is 41 or 42.",
        "The answer is 12 + 30.",
        "Answer: 3,5",
        r"I found 42, so \boxed{41 or 42}",
        r"42 \boxed{}",
        r"42 \boxed{41",
        r"\boxed{42 pens, 3 boxes}",
        "1e999999999",
        "9" * 5000,
        "1e" + "9" * 5000,
    ],
)
def test_no_final_number(answer: str) -> None:
    assert final_number(answer) is None


@pytest.mark.parametrize(
    ("tolerance", "reference", "answer", "error_type", "number"),
    [
        (0, "42", "<think>41</think>42", None, "42"),
        (0, "42", "43", "wrong_answer", "43"),
        (0, "42", "-42", "wrong_answer", "-42"),
        (0, "42", "42.000001", "wrong_answer", "42.000001"),
        (0, "0.3", "3/10", None, "0.3"),
        (0, "5", "5 million", "wrong_answer", "5000000"),
        (0.01, "3.14", "3.15", None, "3.15"),
        (0.01, "3.14", "3.1501", "wrong_answer", "3.1501"),
        (0, "42", "", "malformed_answer", None),
        (0, "42", "<think>42", "malformed_answer", None),
        (10**9, "42", "no idea", "malformed_answer", None),
    ],
)
def test_grade(
    tolerance: float, reference: str, answer: str, error_type: str | None, number: str | None
) -> None:
    verdict = Numeric(tolerance=tolerance).grade(task(reference), Completion(output=answer))
    assert (verdict.passed, verdict.error_type) == (error_type is None, error_type)
    assert verdict.metrics == {"answer": number}


def test_a_reference_that_is_no_number_is_the_suites_fault() -> None:
    with pytest.raises(ValueError, match=r"file.yaml:7: the reference 'many' is not a number"):
        Numeric().grade(task("many"), Completion(output="42"))


@pytest.mark.parametrize("tolerance", [-1, float("nan"), float("inf"), "0.1", True, None])
def test_options_are_checked(tolerance: Any) -> None:
    with pytest.raises(ValueError, match="tolerance: must be a number of at least 0"):
        Numeric(tolerance=tolerance)


@pytest.mark.parametrize(
    ("reference", "low", "high"),
    [
        ("7", 0, 9),
        ("42", 10, 99),
        ("-1,234", -9999, -1000),
        ("0.25", 0, 9.99),
        ("12.5", 10, 99.9),
        ("1/3", 0, 9),
    ],
)
def test_guess_has_the_size_of_the_reference(reference: str, low: float, high: float) -> None:
    rng = random.Random(5)
    guesses = {Numeric().guess(task(reference), rng) for _ in range(40)}
    assert len(guesses) > 5
    for guess in guesses:
        number = final_number(guess)
        assert number is not None
        assert low <= number <= high


NUMBERS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000)


@given(NUMBERS)
def test_what_is_written_is_read_back(number: Fraction) -> None:
    assert final_number(written(number)) == number


@given(st.integers(-(10**15), 10**15), st.sampled_from([",", " ", "_"]))
def test_groups_of_thousands(number: int, separator: str) -> None:
    assert final_number(f"It is {number:,} in all.".replace(",", separator)) == number


@given(st.text(max_size=60), NUMBERS)
def test_a_box_beats_whatever_stands_before_it(text: str, number: Fraction) -> None:
    assert final_number(f"{text} \\boxed{{{written(number)}}}") == number


@given(st.text("0123456789.,-/+ e^{}()[]\\$%'\n=#*boxedfracanswer is", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    verdict = Numeric().grade(task("1"), Completion(output=text))
    assert (verdict.error_type == "malformed_answer") == (verdict.metrics["answer"] is None)
