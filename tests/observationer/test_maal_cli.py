"""`supervision maal`: one JSON object a line, sorted, with no database; and how it refuses a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = [
    "observation",
    "observatoer",
    "varighed_ms",
    "taletid_ms",
    "laengste_tur_ms",
    "taletid_andel",
    "faser",
    "ugu",
    "faerdigheder",
    "elementer",
]
HEADER = "observation;observatoer;t_ms;spor;kode\n"


def run(*arguments: str, given: bytes = b"", code: str = "") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, where no database can be reached."""
    script = code or "from supervision.cli import main; main()"
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://127.0.0.1:1/nowhere",
        "PYTHONIOENCODING": "latin-1",
    }
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_the_real_file_gives_196_lines_sorted_with_exactly_the_keys(shared_data: Path) -> None:
    found = lines(run("maal", str(shared_data / "annomi_haendelser.csv")))
    names = [(line["observation"], line["observatoer"]) for line in found]
    assert len(found) == 196
    assert names == sorted(names)
    assert all(list(line) == KEYS for line in found)
    assert len({line["observation"] for line in found}) == 133


def test_rows_in_any_order_semicolons_and_danish_letters(tmp_path: Path) -> None:
    path = tmp_path / "logge.csv"
    path.write_text(
        HEADER
        + "ørsted;b;4000;ur;slut\nørsted;b;1000;taler;borger\nørsted;b;0;ur;start\nbus;a;0;faerdighed;råd\n",
        encoding="utf-8",
    )
    done = run("maal", str(path))
    first, second = lines(done)
    assert (first["observation"], first["faerdigheder"]) == ("bus", {"råd": 1})
    assert (second["observation"], second["varighed_ms"], second["taletid_ms"]) == (
        "ørsted",
        4000,
        {"borger": 3000},
    )
    assert "ørsted".encode() in done.stdout, "written as UTF-8 whatever the machine's encoding"


def test_standard_input_is_a_file_too() -> None:
    (only,) = lines(run("maal", "-", given=(HEADER + "s;a;0;taler;borger\ns;a;10;ur;slut\n").encode()))
    assert only["taletid_andel"] == {"borger": 1.0}


def test_a_broken_file_gives_no_line_at_all(tmp_path: Path) -> None:
    path = tmp_path / "logge.csv"
    path.write_text(HEADER + "s;a;0;taler;borger\ns;a;x;taler;borger\ns;a;5;taler;kat\n", encoding="utf-8")
    done = run("maal", str(path))
    said = done.stderr.decode("latin-1")
    assert done.returncode == 2
    assert done.stdout == b""
    assert "linje 3, feltet t_ms" in said
    assert "linje 4, feltet kode" in said
    assert "Filen er afvist, 2 fejl." in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "Filen er tom"),
        (b"observation;t_ms\n", "Kolonnen mangler i overskriften"),
        ((HEADER + "s;a;0;taler\n").encode(), "Linjen har 4 felter; overskriften har 5."),
        ((HEADER + "s;a;0;note;\xe6\n").encode("latin-1"), "ikke gemt i UTF-8"),
    ],
)
def test_other_files_are_refused_with_a_reason(given: bytes, said: str) -> None:
    done = run("maal", "-", given=given)
    assert done.returncode == 2
    assert said in done.stderr.decode("latin-1")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    missing = run("maal", str(tmp_path / "intet.csv"))
    assert missing.returncode == 2
    assert b"findes ikke." in missing.stderr
    folder = run("maal", str(tmp_path))
    assert folder.returncode == 2
    assert "kan ikke åbnes" in folder.stderr.decode("latin-1")


def test_it_starts_fast_without_flask_sqlalchemy_or_pandas() -> None:
    script = (
        "import sys\nfrom supervision.cli import command\n"
        "command(['maal', '-'], standalone_mode=False)\n"
        "print([name for name in ('flask', 'sqlalchemy', 'pandas', 'rich') if name in sys.modules])"
    )
    done = run(code=script, given=(HEADER + "s;a;0;ur;start\n").encode())
    assert done.stdout.splitlines()[-1] == b"[]", done.stderr


RTTM = b"SPEAKER m 1 0 1.5 <NA> <NA> A <NA> <NA>\nSPEAKER m 1 1 1 <NA> <NA> B <NA> <NA>\n"
BORIS = {
    "project_name": "p",
    "project_format_version": "7.0",
    "subjects_conf": {},
    "behaviors_conf": {"0": {"type": "State event", "key": "b", "code": "taler:borger"}},
    "observations": {
        "o": {"type": "LIVE", "events": [[1, "", "taler:borger", "", ""], [2.5, "", "taler:borger", "", ""]]}
    },
}


def test_the_other_formats_are_known_by_their_beginning_or_their_ending(tmp_path: Path) -> None:
    talere = ("--taler", "A=borger", "--taler", "B=medarbejder")
    (rttm,) = lines(run("maal", "-", *talere, given=RTTM))
    assert list(rttm) == KEYS
    assert rttm["taletid_ms"] == {"borger": 1000, "medarbejder": 500, "samtidig": 500}
    (boris,) = lines(run("maal", "-", given=json.dumps(BORIS).encode()))
    assert (boris["observation"], boris["taletid_ms"]) == ("o", {"borger": 1500})
    path = tmp_path / "fil.boris"
    path.write_bytes(RTTM)
    wrong = run("maal", str(path))
    assert wrong.returncode == 2
    assert f"{path}, linje 1: Det er ikke gyldig JSON." in wrong.stderr.decode("latin-1")


@pytest.mark.parametrize(
    ("given", "arguments", "said"),
    [
        (RTTM, ("--taler", "A=borger"), "linje 2, feltet name: Hvem er »B«? Skriv --taler B=borger"),
        (RTTM, ("--taler", "A"), "--taler A kan ikke bruges. Skriv NAVN=medarbejder|borger"),
        (RTTM, ("--taler", "A=borger", "--taler", "A=tredje"), "siger to ting om A: borger og tredje"),
        (HEADER.encode(), ("--taler", "A=borger"), "--taler bruges kun, når filen er RTTM."),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(given: bytes, arguments: tuple[str, ...], said: str) -> None:
    done = run("maal", "-", *arguments, given=given)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode("latin-1")
