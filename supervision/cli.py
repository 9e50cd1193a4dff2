"""The `supervision` command: what is run by hand. Each command's module is loaded only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from supervision.problems import Problem

COMMANDS = {
    "demo": ("supervision.demo.cli:demo", "Lav (eller fyld op) en levende demo, og kør den."),
    "serve": ("supervision.server:serve", "Kør systemet."),
    "migrer": ("supervision.maintenance.cli:migrer", "Bring databasen til den nyeste form."),
    "sikkerhedskopi": (
        "supervision.maintenance.cli:sikkerhedskopi",
        "Kopiér hele databasen til en fil, mens systemet kører.",
    ),
    "gendan": ("supervision.maintenance.cli:gendan", "Sæt en sikkerhedskopi ind; den efterprøves først."),
    "tjek": ("supervision.maintenance.cli:tjek", "Se, hvad der er galt med installationen, og hvad du gør."),
    "opret-administrator": (
        "supervision.personer.cli:opret_administrator",
        "Opret den første administrator.",
    ),
    "send-beskeder": (
        "supervision.overblik.cli:send_beskeder",
        "Send e-mail til dem, der venter noget på.",
    ),
    "udgiv-tal": (
        "supervision.overblik.cli:udgiv_tal",
        "Gør kvartalets tal op, og efterprøv dem.",
    ),
    "stikproeve": (
        "supervision.adgangslog.cli:stikproeve",
        "Træk en stikprøve af, hvem der har set hvis data.",
    ),
    "ryd-op": (
        "supervision.rettigheder.cli:ryd_op",
        "Slet det, der er for gammelt, og dem, der har bedt om det.",
    ),
    "dokumenter": (
        "supervision.rettigheder.cli:dokumenter",
        "Skriv konsekvensanalysen og databehandlerbeskrivelsen.",
    ),
    "importer": ("supervision.observationer.cli:importer", "Hent hændelseslogge ind fra en fil."),
    "eksporter": (
        "supervision.overblik.cli:eksporter",
        "Skriv samtaler eller offentliggjorte tal til en fil.",
    ),
    "sammenfat": (
        "supervision.overblik.cli:sammenfat",
        "Lav samtalernes sammenfatninger efter hændelserne, eller efterprøv dem.",
    ),
    "stykliste": ("supervision.stykliste:stykliste", "Skriv, hvad systemet er bygget af (CycloneDX)."),
    "maal": ("supervision.observationer.cli:maal", "Regn på hændelseslogge: ét JSON-objekt pr. linje."),
    "enighed": (
        "supervision.observationer.cli:enighed",
        "Enigheden mellem observatører: ét JSON-objekt pr. observation.",
    ),
    "banehalvdel": ("supervision.feedback.cli:banehalvdel", "Se, hvilken banehalvdel sætninger står på."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and one-line helps without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        found = getattr(import_module(module), name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandoer"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Kollegial supervision: kør systemet, hent logge ind, regn på dem."""


def in_danish(problem: click.ClickException) -> str:
    """What was wrong with the words of the command, and where the help is."""
    if isinstance(problem, click.NoSuchOption):
        text = f"Valget {problem.option_name} findes ikke."
    elif isinstance(problem, click.MissingParameter) and problem.param is not None:
        text = f"{problem.param.opts[0]} mangler."
    elif isinstance(problem, click.BadParameter) and problem.param is not None:
        text = f"{problem.param.opts[0]} kan ikke bruges: {problem.message}"
    elif isinstance(problem, click.UsageError) and problem.ctx is not None and problem.ctx.parent is None:
        text = f"Kommandoen findes ikke. Vælg mellem {', '.join(sorted(COMMANDS))}."
    else:
        text = problem.format_message()
    return f"{text} Skriv --help efter kommandoen for at se, hvordan den bruges."


def main() -> None:
    """Run the command; a problem is said in Danish on stderr, with exit code 2."""
    try:
        command(standalone_mode=False)
    except Problem as problem:
        click.echo(problem.text, err=True)
        sys.exit(2)
    except click.ClickException as problem:
        click.echo(in_danish(problem), err=True)
        sys.exit(problem.exit_code)
    except click.Abort:
        click.echo("Afbrudt.", err=True)
        sys.exit(130)
