"""Solvers: how a task with a tree is put to a model. One file each, named here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.graders import GRAPH, PROJECTS, build_grader
from harness.graders.graph import Graph
from harness.graders.tree import TreeGrader
from harness.records import Completion, Request, Task
from harness.solvers.agent import agent
from harness.solvers.base import Solver, SolverName, Tools, Way
from harness.solvers.graph import step_by_step
from harness.solvers.single import by_itself, single
from harness.solvers.tries import tries

SOLVERS: Mapping[SolverName, Solver] = {"single": single, "tries": tries, "agent": agent}


def calls(task: Task, way: Way) -> Sequence[Task]:
    """What a model is asked at once, with right answers: the task, or the steps that are put one by one."""
    if task.grader.name != GRAPH or way.steps == "one":
        return (task,)
    graph = build_grader(task)
    assert isinstance(graph, Graph)
    return [graph.part(task, name) for name in graph.steps]


async def solve(task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The answer to a task: what the model says, or what a solver makes of a tree or of many steps."""
    if task.grader.name == GRAPH and way.steps != "one":
        graph = build_grader(task)
        assert isinstance(graph, Graph)
        return await step_by_step(graph, task, request, tools, injected=way.steps == "injected")
    if task.grader.name not in PROJECTS:
        return await tools.ask(request)
    project = build_grader(task)
    assert isinstance(project, TreeGrader)
    return await put_project(project, task, request, tools, way)


async def put_project(
    project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way
) -> Completion:
    """What a solver makes of a tree."""
    solver = by_itself if tools.edits else SOLVERS[way.solver]
    return await solver(project, task, request, tools, way)
