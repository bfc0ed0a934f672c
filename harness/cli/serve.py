"""``harness serve``: the gateway that answers by the rules."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.exporting import warn_if_old
from harness.cli.options import SEED, Amount, results_option, rules_option
from harness.cli.terminal import echo
from harness.errors import HarnessError
from harness.models.enginekinds import is_here
from harness.results.locations import ResultsLocation
from harness.routing.policies import POLICIES


@click.command()
@rules_option
@results_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; any other than this machine's needs --keys.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen at."
)
@click.option(
    "--keys",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of keys; without it everybody may ask.",
)
@click.option("--new-key", metavar="NAME", help="Add a key to --keys, print it once, and do nothing else.")
@click.option("--policy", type=click.Choice(list(POLICIES)), default=None, help="Policy of the exploration.")
@click.option(
    "--explore-usd",
    type=Amount(0),
    default=None,
    metavar="USD",
    help="Most that exploring may cost a day, in USD, beyond the rules' own choices.",
)
@click.option(
    "--rebuild-every",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="CALLS",
    help="Count real calls into the rules at the start and after so many; 0: on SIGHUP alone.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the exploration.")
@click.option(
    "--first-token-s",
    type=Amount(0.1, 3600),
    default=10.0,
    show_default=True,
    help="Seconds to the first token before another model is asked.",
)
@click.option("--preload", is_flag=True, help="Load this machine's models before the first request.")
@click.option("--keep-texts", is_flag=True, help="Show prompts and answers of the last requests on the page.")
def serve(
    file: Path, results: ResultsLocation, host: str, port: int, keys: Path | None, new_key: str | None,
    policy: str | None, explore_usd: float | None, rebuild_every: int, seed: int, first_token_s: float,
    preload: bool, keep_texts: bool,
) -> None:  # fmt: skip
    """Answer requests in OpenAI's form, each by the model that the rules name for it."""
    try:
        from harness.serve.callers import add_key
        from harness.serve.gateway import Gateway, GatewayOptions
        from harness.serve.server import serve as serve_gateway
        from harness.serve.upstream import Limits
    except ImportError as error:
        raise HarnessError(
            f"{error}; pip install 'harness-tournament[serve]' brings what is missing"
        ) from error

    if new_key is not None:
        if keys is None:
            raise click.UsageError("--new-key needs --keys FILE, where its digest is kept")
        echo(add_key(keys, new_key))
        return
    if keys is None and not is_here(f"http://{host}"):
        raise HarnessError(
            f"--host {host}: whoever reaches this address could spend your money; name a file with --keys"
            " (harness serve --new-key NAME --keys keys.yaml makes one)"
        )
    limits = Limits(first_s=first_token_s)
    options = GatewayOptions(
        file, results, keys, policy, seed, limits, keep_texts, preload, rebuild_every, explore_usd
    )

    def tell(line: str) -> None:
        echo(line, err=True)

    gateway = Gateway(options, tell)
    warn_if_old(gateway.rules, file)
    serve_gateway(gateway, host, port, tell)
