"""`supervision banehalvdel`: id,tekst in, id,label,forklaring out, with no database; and how it refuses a file."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from supervision.cli import command
from supervision.feedback.rules.banehalvdel import LABELS
from supervision.observationer.formats import MAX_PROBLEMS
from supervision.problems import RuleBroken


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, where no database can be reached."""
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://127.0.0.1:1/nowhere",
        "PYTHONIOENCODING": "latin-1",
    }
    code = "from supervision.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "banehalvdel", *arguments],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
    )


def asked(*arguments: str, given: bytes = b"") -> Result:
    """The same command within this process."""
    return CliRunner().invoke(command, ["banehalvdel", *arguments], input=given)


def rows(found: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.decode("utf-8"))))


@pytest.mark.parametrize(
    "given",
    [
        'id,tekst\nU1,"Du stillede ét spørgsmål, og hun svarede."\nU2,Du er dygtig.\n',
        'id;tekst\r\nU1;"Du stillede ét spørgsmål; og hun svarede."\r\nU2;Du er dygtig.\r\n',
        '\ufefftekst,id,label\n"Du stillede ét spørgsmål\nog hun svarede.",U1,x\n\nDu er dygtig.,U2,\n',
    ],
    ids=["comma", "semicolon and CRLF", "BOM, other order, more columns, a line break, an empty line"],
)
def test_each_sentence_gets_a_label_and_a_line(given: str) -> None:
    done = run("-", given=given.encode())
    assert done.returncode == 0, done.stderr
    header, first, second = rows(done.stdout)
    assert header == ["id", "label", "forklaring"]
    assert first[:2] == ["U1", "iagttagelse"]
    assert second[:2] == ["U2", "vurdering"]
    assert "»Du er dygtig«" in second[2]
    assert "\n" not in first[2] + second[2]


def test_a_header_alone_gives_a_header_alone() -> None:
    done = asked("-", given=b"id,tekst\n")
    assert (done.exit_code, rows(done.stdout_bytes)) == (0, [["id", "label", "forklaring"]])


def test_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    path, ud = tmp_path / "ind.csv", tmp_path / "ud.csv"
    path.write_text("id,tekst\n1,Jeg blev glad.\n", encoding="utf-8")
    done = asked(str(path), "--ud", str(ud))
    assert (done.exit_code, done.stdout) == (0, "")
    assert [row[:2] for row in rows(ud.read_bytes())] == [["id", "label"], ["1", "oplevelse"]]
    before = ud.read_bytes()
    path.write_text("id,tekst\n1,Jeg blev glad.\n2,\n", encoding="utf-8")
    assert asked(str(path), "--ud", str(ud)).exit_code == 2
    assert ud.read_bytes() == before, "what stood there stands there still"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["ind.csv", "ud.csv"]
    path.write_text("id,tekst\n1,Jeg blev glad.\n", encoding="utf-8")
    missing = asked(str(path), "--ud", str(tmp_path / "nej" / "ud.csv"))
    assert isinstance(missing.exception, RuleBroken)
    assert "kan ikke skrives" in missing.exception.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"", ["Filen er tom"]),
        (b"id,saetning\n1,x\n", ["linje 1, feltet tekst: Kolonnen mangler"]),
        (b"id,id,tekst\n1,1,x\n", ["linje 1, feltet id: Kolonnen står der flere gange"]),
        (b"id,tekst\n1,a\n,b\n3,\n1,c\n", ["linje 3, feltet id", "linje 4, feltet tekst", "linje 5, feltet id"]),
        (b"id,tekst\n1,a,b\n", ["linje 2: Rækken har 3 felter", "én fejl"]),
        (b'id,tekst\n1,a\n2,"b\n', ["linje 3: Et felt i anførselstegn er ikke lukket"]),
        ("id,tekst\n1,blå\n".encode("latin-1"), ["linje 2: Linjen er ikke gemt i UTF-8"]),
        ("id,tekst\n1,x\n".encode("utf-16"), ["UTF-16"]),
        (b"id,tekst\n1," + b"a" * 20_001 + b"\n", ["linje 2, feltet tekst: Teksten er på 20001 tegn"]),
        (b"id,tekst\n" + b",\n1,\n" * 100, [f"mindst {MAX_PROBLEMS} fejl"]),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_whole_with_line_and_field(given: bytes, words: list[str]) -> None:
    done = asked("-", given=given)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert all(word in done.stderr for word in words), done.stderr
    assert "Intet er skrevet" in done.stderr


def test_a_missing_file() -> None:
    missing = run("findes_ikke.csv")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"findes ikke" in missing.stderr


def test_every_sentence_gets_one_of_the_six() -> None:
    own = Path(__file__).with_name("banehalvdel_egne.csv")
    with own.open(encoding="utf-8", newline="") as stream:
        given = list(csv.DictReader(stream))
    header, *found = rows(asked(str(own)).stdout_bytes)
    assert header == ["id", "label", "forklaring"]
    assert [row[0] for row in found] == [row["id"] for row in given]
    assert {row[1] for row in found} == set(LABELS)
