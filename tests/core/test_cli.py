"""The command's own errors are Danish, one line, with exit code 2."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nej"], "Kommandoen findes ikke. Vælg mellem banehalvdel, demo, dokumenter, eksporter"),
        (["maal"], "mangler."),
        (["maal", "--nej", "x"], "Valget --nej findes ikke."),
        (["demo", "--port", "x"], "--port kan ikke bruges"),
    ],
)
def test_a_wrong_word_is_answered_in_danish(words: list[str], said: str) -> None:
    command = [sys.executable, "-c", "from supervision.cli import main; main()", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "--help" in done.stderr


def test_the_help_lists_every_command() -> None:
    command = [sys.executable, "-c", "from supervision.cli import main; main()", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    commands = (
        "banehalvdel",
        "demo",
        "importer",
        "maal",
        "migrer",
        "opret-administrator",
        "send-beskeder",
        "serve",
    )
    for name in commands:
        assert name in done.stdout
