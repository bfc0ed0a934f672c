"""Tables as pandas, R and spreadsheets write them; each value in every way that it is written."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.importers.results import collect, read_results
from harness.importers.results.base import Choices, ImportedSample

HEAD = "suite,task_id,model"


def read(path: Path, text: str | bytes, choices: Choices = Choices()) -> list[ImportedSample]:  # noqa: B008
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_results(path, choices=choices))


def one(folder: Path, column: str, cell: str, more: str = "score,1") -> ImportedSample:
    name, value = more.split(",")
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[*HEAD.split(","), column, name], ["s", "t", "m", cell, value]])
    (sample,) = read(folder / "one.csv", buffer.getvalue())
    return sample


TRUE = ["true", "True", "TRUE", "1", "1.0", "yes", "Y", "t", "pass", "PASSED", "correct", "WAHR", "VRAI"]
FALSE = [
    "false",
    "False",
    "FALSE",
    "0",
    "0.0",
    "no",
    "N",
    "f",
    "fail",
    "Failed",
    "incorrect",
    "FALSCH",
    "FAUX",
]


@pytest.mark.parametrize(("cell", "passed"), [(c, True) for c in TRUE] + [(c, False) for c in FALSE])
def test_true_and_false_in_any_way(tmp_path: Path, cell: str, passed: bool) -> None:
    assert one(tmp_path, "passed", cell, "language,de").passed is passed


@pytest.mark.parametrize("cell", ["12", "12.0", "1.2e1", " 12 ", "12.000000"])
def test_whole_numbers_in_any_way(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, "prompt_tokens", cell).prompt_tokens == 12


@pytest.mark.parametrize("cell", ["12.5", "1,234", "twelve", "inf", "-1", "1 234"])
def test_a_whole_number_in_doubt_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(ConfigError, match=r"one\.csv:2: 'prompt_tokens' must be a (whole )?number"):
        one(tmp_path, "prompt_tokens", cell)


@pytest.mark.parametrize(
    "cell", ["", "NA", "n/a", "NaN", "nan", "-nan", "None", "null", "<NA>", "#N/A", "-", "—"]
)
def test_what_is_missing_is_unknown(tmp_path: Path, cell: str) -> None:
    sample = one(tmp_path, "latency_s", cell)
    assert sample.latency_s is None
    assert one(tmp_path, "language", cell).language is None
    assert one(tmp_path, "output", cell).output == (cell or None), "an answer may be any word"


@pytest.mark.parametrize("cell", ["85%", "85 %", "0.85", "17/20", "0,85", "0,850", "85,0 %", "8.5e-1"])
def test_scores_in_any_way(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, "score", cell, "language,de").score == pytest.approx(0.85)


@pytest.mark.parametrize(
    ("written", "score", "passed"),
    [
        ("0.9999999999999999", 1.0, True),
        ("1.0000000000000002", 1.0, True),
        ("-0.0", 0.0, False),
        ("2e-16", 0.0, False),
    ],
)
def test_rounding_errors_of_other_tools_decide_nothing(
    tmp_path: Path, written: str, score: float, passed: bool
) -> None:
    sample = one(tmp_path, "score", written, "language,de")
    assert (sample.score, sample.passed, math.copysign(1, sample.score or 0)) == (score, passed, 1)


def test_the_share_that_passes_is_met_by_what_adds_up_to_it(tmp_path: Path) -> None:
    cells = "".join(f"s,t{n},m,{score}\n" for n, score in enumerate((0.1 + 0.7, 0.8, 0.7999)))
    samples = read(tmp_path / "t.csv", f"{HEAD},score\n{cells}", Choices(pass_at=0.8))
    assert [sample.passed for sample in samples] == [True, True, False]


def test_a_score_that_is_refused_is_shown_as_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"score 1\.00001 is more than 1; say what full marks are"):
        one(tmp_path, "score", "1.00001", "language,de")


@pytest.mark.parametrize("name", ["r.ndjson", "r.txt", "r.csv", "r.jsonl"])
def test_objects_are_known_by_what_they_are(tmp_path: Path, name: str) -> None:
    rows = [
        {"Suite": "s", "Task ID": n, "Model": "m", "score": score} for n, score in enumerate(("0,25", "5%"))
    ]
    samples = read(tmp_path / name, "\n".join(map(json.dumps, rows)))
    assert [(sample.task_id, sample.score) for sample in samples] == [("0", 0.25), ("1", 0.05)]


def test_a_table_of_another_tool_is_told_which_columns_there_must_be(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError,
        match=r"t\.csv:1: no table of results: its columns are id, input, .*; there must be suite,",
    ):
        read(tmp_path / "t.csv", "id,input,expected,scores.Factuality\n1,a,b,0.5\n")


def test_a_key_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"r\.json: item 1: two columns are called 'suite'"):
        read(tmp_path / "r.json", '[{"Suite": "a", "suite": "b", "task_id": 1, "model": "m", "score": 1}]')


def test_a_verdict_beside_an_error_is_told(tmp_path: Path) -> None:
    path, lines = tmp_path / "t.csv", list[str]()
    path.write_text(f"{HEAD},score,error\ns,a,m,0,timeout\ns,b,m,1,\ns,c,m,,timeout\n")
    collect(path, choices=Choices(remark=lines.append))
    assert "1 of 3 samples with a verdict and an error: counted as errors, without a verdict" in lines


@pytest.mark.parametrize("word", ["easy", "hard", "beginner", "Schwer", "5"])
def test_difficulties_languages_and_roles_stay_as_they_are(tmp_path: Path, word: str) -> None:
    assert one(tmp_path, "difficulty", word).difficulty == word
    assert one(tmp_path, "language", word).language == word
    assert one(tmp_path, "role", word).role == word


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00.000+00:00"),
        ("2026-11-01 10:00:00-05:30", "2026-11-01T15:30:00.000+00:00"),
        ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00.000+00:00"),
        ("2026-11-01 10:00", "2026-11-01T10:00:00.000+00:00"),
        ("1793527200", "2026-11-01T10:00:00.000+00:00"),
        ("1793527200500", "2026-11-01T10:00:00.500+00:00"),
    ],
)
def test_times_of_other_zones_become_utc(tmp_path: Path, cell: str, moment: str) -> None:
    assert one(tmp_path, "started_at", cell).started_at == moment


@pytest.mark.parametrize("cell", ["01.11.2026", "yesterday", "2026-13-01", "1e300"])
def test_a_time_in_doubt_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(ConfigError, match=r"'started_at' must be a time such as"):
        one(tmp_path, "started_at", cell)


def test_a_share_of_the_score_is_no_truth(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"'passed' must be true or false, not '0\.7'; .* belongs into 'score'"
    ):
        one(tmp_path, "passed", "0.7", "language,de")


FORMS = {
    "semicolons and a decimal comma": "suite;task_id;model;score;latency_s\ns;t;m;0,5;1,25\n",
    "a decimal comma and an exponent": "suite;task_id;model;score;latency_s\ns;t;m;5,0e-1;1,25E0\n",
    "tabs": "suite\ttask_id\tmodel\tscore\tlatency_s\ns\tt\tm\t0.5\t1.25\n",
    "tabs and a decimal comma": "suite\ttask_id\tmodel\tscore\tlatency_s\ns\tt\tm\t0,5\t1,25\n",
    "bars": "suite|task_id|model|score|latency_s\ns|t|m|0.5|1.25\n",
    "Excel's hint": "sep=;\nsuite;task_id;model;score;latency_s\ns;t;m;0,5;1,25\n",
    "old line ends": "suite,task_id,model,score,latency_s\rs,t,m,0.5,1.25\r",
    "Windows and blank rows": "suite,task_id,model,score,latency_s\r\n\r\ns,t,m,0.5,1.25\r\n,,,,\r\n",
    "R's write.csv": '"","suite","task_id","model","score","latency_s"\n"1","s","t","m",0.5,1.25\n',
    "R's write.table": '"suite","task_id","model","score","latency_s"\n"1","s","t","m",0.5,1.25\n',
    "an index of pandas": "Unnamed: 0,suite,task_id,model,score,latency_s\n0,s,t,m,0.5,1.25\n",
    "titles": "Suite, Task ID ,MODEL,Score,Latency s\ns,t,m,0.5,1.25\n",
    "a last empty column": "suite,task_id,model,score,latency_s,\ns,t,m,0.5,1.25,\n",
    "a last delimiter": "suite,task_id,model,score,latency_s\ns,t,m,0.5,1.25,\n",
    "a byte order mark": "\ufeffsuite,task_id,model,score,latency_s\ns,t,m,0.5,1.25\n",
    "a cut row": "suite,task_id,model,score,latency_s,language\ns,t,m,0.5,1.25\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_a_table_in_any_form(tmp_path: Path, form: str, packed: str) -> None:
    raw = FORMS[form].encode()
    data = {"": raw, ".gz": gzip.compress(raw), ".zst": pa.compress(raw, "zstd", asbytes=True)}[packed]
    (sample,) = read(tmp_path / f"t.csv{packed}", data)
    assert (sample.suite, sample.task_id, sample.model, sample.score, sample.latency_s) == (
        "s",
        "t",
        "m",
        0.5,
        1.25,
    )


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text('abü\n",; \u2028', min_size=1, max_size=5).filter(lambda word: word.strip()),
            st.one_of(st.none(), st.booleans()),
            st.one_of(st.none(), st.integers(0, 9)),
            st.integers(0, 1000).map(lambda part: part / 1000),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_what_pandas_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, bool | None, int | None, float]],
    delimiter: str,
    index: bool,
) -> None:
    frame = pd.DataFrame(rows, columns=["output", "passed", "prompt_tokens", "score"])
    frame = frame.assign(suite="s", model="m", task_id=[f"t{n}" for n in range(len(rows))])
    path = tmp_path_factory.mktemp("pandas") / "t.csv"
    frame.to_csv(path, sep=delimiter, index=index, decimal="." if delimiter == "," else ",")
    samples = list(read_results(path))
    for sample, (output, passed, tokens, score) in zip(samples, rows, strict=True):
        assert (sample.output, sample.prompt_tokens) == (output.strip(), tokens)
        assert sample.passed is (score == 1.0 if passed is None else passed)
        assert sample.score is not None and math.isclose(sample.score, score, abs_tol=1e-12)
    frame.to_json(lines := path.with_suffix(".jsonl"), orient="records", lines=True)
    assert [one.passed for one in read_results(lines)] == [one.passed for one in samples]
    frame.to_json(whole := path.with_suffix(".json"), orient="records")
    assert [one.passed for one in read_results(whole)] == [one.passed for one in samples]


def test_long_answers_are_read(tmp_path: Path) -> None:
    text = "x" * 300_000
    (sample,) = read(tmp_path / "t.csv", f"{HEAD},passed,output\ns,t,m,1,{text}\n")
    assert sample.output == text


def test_the_same_sample_again_is_a_repeat_and_given_twice_it_is_refused(tmp_path: Path) -> None:
    rows = "s,t,m,1\ns,t,m,0\ns,u,m,1\ns,t,m,1\n"
    samples = read(tmp_path / "t.csv", f"{HEAD},passed\n{rows}")
    assert [(sample.task_id, sample.repeat) for sample in samples] == [("t", 0), ("t", 1), ("u", 0), ("t", 2)]
    with pytest.raises(ConfigError, match=r"m has repeat 1 of s/t twice"):
        read(tmp_path / "t.csv", f"{HEAD},passed,repeat\ns,t,m,1,1\ns,t,m,0,1\n")


def test_tables_in_a_folder_are_one_run_with_repeats(tmp_path: Path) -> None:
    for name in ("a.csv", "b.tsv", "deep/c.csv.gz", "_hidden/d.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        raw = f"{HEAD},passed\ns,t,m,1\n".encode()
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    (tmp_path / "notes.json").write_text("{}")
    assert [sample.repeat for sample in collect(tmp_path)] == [0, 1, 2]


def test_one_id_for_several_questions_becomes_several_ids(tmp_path: Path) -> None:
    path, said = tmp_path / "t.csv", list[str]()
    path.write_text(f"{HEAD},question,passed\ns,t,a,one?,1\ns,t,b,one?,1\ns,t,a,two?,1\ns,u,a,x,1\n")
    samples = collect(path, choices=Choices(remark=said.append))
    assert [sample.task_id[:2] for sample in samples] == ["t~", "t~", "t~", "u"]
    assert samples[0].task_id == samples[1].task_id != samples[2].task_id
    assert "1 task ids stand for several questions, such as s/t" in said[0]


def test_rows_that_harness_itself_exports_are_read(tmp_path: Path) -> None:
    text = (
        f"{HEAD},run_id,status,passed,score,error,error_type\ns,t,m,r,ok,False,0.0,expected 4,wrong_answer\n"
    )
    text += "s,u,m,r,error,,,429,http\ns,v,m,r,skipped,,,no sandbox,no_sandbox\n"
    wrong, failed = read(tmp_path / "t.csv", text)
    assert (wrong.passed, wrong.error) == (False, None)
    assert (failed.passed, failed.error) == (None, "429")


def test_pass_at_makes_passes_of_scores(tmp_path: Path) -> None:
    text = f"{HEAD},score\ns,a,m,0.9\ns,b,m,0.79\ns,c,m,1\n"
    assert [one.passed for one in read(tmp_path / "t.csv", text)] == [False, False, True]
    assert [one.passed for one in read(tmp_path / "t.csv", text, Choices(pass_at=0.8))] == [True, False, True]
    assert [one.score for one in read(tmp_path / "t.csv", text, Choices(pass_at=0.8))] == [0.9, 0.79, 1.0]
    points = f"{HEAD},score\ns,a,m,9\ns,b,m,80 %\n"
    assert [one.score for one in read(tmp_path / "t.csv", points, Choices(scale=10))] == [0.9, 0.8]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", r"t\.csv:1: the file is empty"),
        (f"{HEAD},passed\n".encode(), r"t\.csv: holds no sample"),
        (f"{HEAD},passed\ns,t,m,1,5\n".encode(), r"t\.csv:2: more cells than columns"),
        (f'{HEAD},passed\ns,t,m,"1\n'.encode(), r"t\.csv:\d: not a table: unexpected end of data"),
        (f"{HEAD},passed,passed\ns,t,m,1,1\n".encode(), r"t\.csv:1: two columns are called 'passed'"),
        (f"{HEAD},passed\ns,t,é,1\n".encode("latin-1"), r"t\.csv:2: not UTF-8"),
        (f"{HEAD},passed\ns,t,m,1\n".encode("utf-16"), r"t\.csv: is UTF-16 text; save it as UTF-8"),
        (b"suite;task_id\ns;t\n", r"t\.csv:1: the column 'model' is missing; there are suite, task_id"),
    ],
)
def test_a_file_that_is_no_table_is_one_line(tmp_path: Path, raw: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read(tmp_path / "t.csv", raw)


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("t.parquet", b"PAR1\x15\x04", "is Parquet; write it as a CSV"),
        ("items.jsonl",
         json.dumps({"task_id": "a", "prompt": "", "canonical_solution": "", "test": ""}).encode(),
         r"the tasks of a benchmark, no results: harness import humaneval .*items\.jsonl --into suites/NAME"),
        ("items.jsonl", json.dumps({"task_id": 1, "text": "", "code": "", "test_list": []}).encode(),
         "no results: harness import mbpp"),
        ("odd.json", b"{}", r"not recognised; say --format .*; looked for a log of Inspect"),
    ],
)  # fmt: skip
def test_what_a_file_is_instead_is_said(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read(tmp_path / name, raw)


def test_a_workbook_is_named(tmp_path: Path) -> None:
    pytest.importorskip("zipfile").ZipFile(path := tmp_path / "t.xlsx", "w").writestr("xl/workbook.xml", "")
    with pytest.raises(ConfigError, match="Excel workbook; save it as CSV"):
        list(read_results(path))
