"""What is fuzzed: where the input comes from, what is done with it, and how many inputs make a turn.

A check ends well or in a ``HarnessError`` of one line, and soon; whatever else it raises is a finding.
"""

from __future__ import annotations

from scripts.fuzz import answering, other_tools, stored, yaml_files
from scripts.fuzz.holding import Target
from tests import strategies

TARGETS = {
    "models": Target(yaml_files.yaml_of(yaml_files.MODELS), yaml_files.check_models, 40),
    "suites": Target(yaml_files.SUITES, yaml_files.check_suite),
    "rules": Target(yaml_files.RULES, yaml_files.check_rules, 20),
    "results": Target(other_tools.results_file(), other_tools.check_results),
    "benchmarks": Target(other_tools.benchmarks(), other_tools.check_benchmark, 50),
    "stored-answers": Target(strategies.file_of(other_tools.ANSWER), other_tools.check_answers),
    "gguf": Target(other_tools.GGUF, other_tools.check_gguf),
    "json": Target(strategies.file_of({"a": [1, 2.5, "x", None, {"b": []}]}), other_tools.check_json),
    "stored": Target(stored.folders(), stored.check_stored, 10),
    "endpoints": Target(answering.bodies(), answering.check_endpoint, 20),
    "answers": Target(answering.ANSWERS, answering.check_answer, 50),
    "extraction": Target(answering.EXTRACTED, answering.check_extraction, 30),
    "channel": Target(answering.CHANNEL, answering.check_channel),
    "expressions": Target(answering.EXPRESSIONS, answering.check_expression),
}
