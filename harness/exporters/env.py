"""Environment variables for scripts: model, address and the name of the key's variable, by task type."""

from __future__ import annotations

import shlex

from harness.exporters.base import Exported, Route, no_fallbacks, plan, slug, used
from harness.rules.ruleset import RuleSet


def export(rules: RuleSet) -> Exported:
    """``routing.env`` for a shell: ``HARNESS_X_MODEL``, ``_BASE_URL``, ``_API_KEY_ENV``, ``_FALLBACKS``."""
    planned = plan(rules)
    lines = [" ".join(f"# written by {rules.generator}; valid until {rules.valid_until}".split())]
    for route in planned.routes:
        lines += _lines(route)
    foreign = [r for r in planned.routes if any(t.base_url != r.primary.base_url for t in r.chain)]
    losses = [*planned.losses, *no_fallbacks(foreign, "a list of names at one address")]
    odd = [t.id for t in used(planned.routes) if not t.model.upstream_name.isprintable()]
    losses += [f"{name!a}: its name cannot be written into a shell's file" for name in odd]
    return Exported({"routing.env": "\n".join(lines) + "\n"}, tuple(losses))


def _lines(route: Route) -> list[str]:
    prefix = f"HARNESS_{slug(route.task_type).replace('-', '_').upper()}"
    first = route.primary
    same = [t.model.upstream_name for t in route.chain[1:] if t.base_url == first.base_url]
    values = {
        "MODEL": first.model.upstream_name,
        "BASE_URL": first.base_url,
        "API_KEY_ENV": first.key_env or "",
        "FALLBACKS": ",".join(same),
    }
    written = {name: value for name, value in values.items() if value and value.isprintable()}
    return [f"{prefix}_{name}={shlex.quote(value)}" for name, value in written.items()]
