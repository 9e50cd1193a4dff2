"""A broken content file is refused with file, entry and reason, never read by halves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installation import settings_for

from supervision import cli, create_app
from supervision.katalog import content
from supervision.katalog.content import ContentProblem, check_content, read_katalog

OPEN = '    kort: "Spørger åbent"\n'

EDITS = [
    # file, old text, new text, entry, words in the reason
    ("undersoegende", OPEN, f"{OPEN}        smiley: 3\n", "aab_hv", "»smiley« kendes ikke"),
    ("undersoegende", f"    {OPEN}", "", "aab_hv", "»kort« mangler"),
    ("undersoegende", "Spørger åbent", "Spørger åbent og nysgerrigt", "aab_hv", "27 tegn"),
    ("undersoegende", "Spørger åbent", "Spørgsmålstegnsetteren", "aab_hv", "blød bindestreg"),
    ("undersoegende", "Spørger åbent", "", "aab_hv", "»kort« er tom"),
    ("undersoegende", "Spørger åbent", "  ", "aab_hv", "»kort« er tom"),
    ("undersoegende", '"Spørger åbent"', "7", "aab_hv", "»kort« skal være tekst"),
    ("undersoegende", "Spørger åbent", "BYGGER på svaret", "aab_opfoelgning", "er brugt før"),
    (
        "undersoegende",
        "kode: aab_hv",
        "kode: sp_neutral",
        "sp_neutral",
        "allerede brugt i undersoegende.yaml",
    ),
    ("undersoegende", "key: noegleord", "key: spejling", "spejling", "allerede brugt"),
    ("undersoegende", "key: noegleord", "navn2: noegleord", "metoder nr. 4", "»key« mangler"),
    (
        "undersoegende",
        "retning: begge",
        "retning: alle",
        "aabne_spoergsmaal",
        "»alle« er ikke en kendt værdi",
    ),
    ("undersoegende", "type: haendelse", "type: handling", "aabne_spoergsmaal", "»handling« er ikke"),
    ("undersoegende", "belaeg: kilde", "belaeg: gaet", "undersoegende_samtale", "»gaet« er ikke"),
    ("undersoegende", "kategori: undersoegende", "kategori: sjov", "", "skal være undersoegende"),
    (
        "undersoegende",
        "kobler_til: [mirakelspoergsmaal]",
        "kobler_til: [mirakel]",
        "kt_fremtidsforsker",
        "»mirakel«",
    ),
    (
        "undersoegende",
        "kobler_til: [mirakelspoergsmaal]",
        "kobler_til: [kt_fremtidsforsker]",
        "kt_f",
        "sig selv",
    ),
    ("undersoegende", "version: 2", "version: nul", "", "helt tal"),
    ("undersoegende", "dato: 2026-11-22", "dato: i går", "", "skal være en dato"),
    ("undersoegende", "version: 2", "version: 2\nversion: 3", "", "står to gange (linje 2)"),
    ("undersoegende", "version: 2", "version: [1", "", "gyldig YAML i linje"),
    ("undersoegende", "metoder:\n", "metoder: []\nrester:\n", "", "»rester« kendes ikke"),
    ("undersoegende", "key: noegleord", "key: Nøgleord", "Nøgleord", "små bogstaver fra a til z"),
    ("undersoegende", 'navn: "Nøgleord"', 'navn: "Spejling"', "Spejling", "allerede brugt"),
    (
        "undersoegende",
        'kilde: "Jobcenter Fr',
        'kilde: "Jobcentret Fr',
        "aabne_spoergsmaal",
        "kendt værdi for »kilde«",
    ),
    ("undersoegende", "    belaeg: kilde\n", "", "undersoegende_samtale", "»belaeg« mangler"),
    (
        "undersoegende",
        '    trin:\n      - "Hør ordet"',
        '    trin: []\n    rest:\n      - "Hør ordet"',
        "noegleord",
        "kendes ikke",
    ),
    (
        "undersoegende",
        "    trin:\n",
        "    trin: Hør\n    felter:\n",
        "undersoegende_samtale",
        "en liste med mindst ét",
    ),
    (
        "undersoegende",
        "kode: aab_hv",
        "kode: [aab]",
        "aabne_spoergsmaal kendetegn nr. 1",
        "»kode« skal være tekst",
    ),
    ("redskab", "se: abc_jobplan", "se: r_smart", "r_abc", "»r_smart« findes ikke"),
    ("redskab", "marselisborg_nr: 5", "marselisborg_nr: fem", "r_abc", "helt tal"),
    ("samtalestyring", "maales: true", "maales: ja", "tt_fordeling", "true eller false"),
    ("koder", "metode: spejling", "metode: spejl", "spejling", "»spejl« findes ikke"),
    ("koder", "kode: raad,", "kode: k_tid,", "k_tid", "allerede brugt i samtalestyring.yaml"),
    ("gamemaster", "kode: timeout\n", "kode: pause\n", "pause", "»pause« er ikke"),
    ("gamemaster", "kontrakt.tid,", "timeout.tid,", "timeout.tid", "begynde med »kontrakt.«"),
    ("gamemaster", "kontrakt.tid,", "kontrakt.emne,", "kontrakt.emne", "allerede brugt"),
    (
        "gamemaster",
        '          - kode: emne\n            navn: "Emne"\n',
        "",
        "gm_frederikshavn",
        "i den rækkefølge",
    ),
    ("gamemaster", "key: gm_cabi", "key: gm_skive", "gm_skive", "»gm_skive« findes ikke"),
    ("skabeloner", "[kc_loop,", "[kc_lup,", "frederikshavn_virksomhed", "»kc_lup« findes ikke"),
    ("skabeloner", "[kc_loop,", "[kto_fremad,", "frederikshavn_virksomhed", "kan ikke krydses af"),
    ("skabeloner", "[kc_loop,", "[ba_hv,", "frederikshavn_virksomhed", "»ba_hv« står to gange"),
    ("skabeloner", "[kc_loop,", "[kc_loop, k_tid,", "frederikshavn_virksomhed", "13 kendetegn"),
    ("skabeloner", "borger, tredje]", "borger, chef]", "opfoelgning_praktik", "»chef« er ikke en kendt part"),
    ("skabeloner", "gm_variant: gm_cabi", "gm_variant: gm_x", "cabi_9_trin", "»gm_x« findes ikke"),
]


def refused(folder: Path) -> ContentProblem:
    with pytest.raises(ContentProblem) as caught:
        read_katalog(folder)
    return caught.value


@pytest.mark.parametrize(("file", "old", "new", "entry", "reason"), EDITS)
def test_every_kind_of_break_is_named(
    folder: Path, file: str, old: str, new: str, entry: str, reason: str
) -> None:
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text, "the edit no longer meets the content"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problem = refused(folder)
    assert problem.file == f"{file}.yaml"
    assert entry in problem.entry
    assert bool(entry) == bool(problem.entry)
    assert reason in problem.reason
    assert problem.text.startswith(f"Kataloget kan ikke læses: {file}.yaml")
    assert problem.reason in problem.text


@pytest.fixture
def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's own content with one short name gone."""
    path = folder / "undersoegende.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"    {OPEN}", "", 1), encoding="utf-8")
    monkeypatch.setattr(content, "CONTENT", folder)
    content.load_katalog.cache_clear()
    yield
    monkeypatch.undo()
    content.load_katalog.cache_clear()


@pytest.mark.usefixtures("broken")
def test_a_broken_file_stops_the_application(tmp_path: Path) -> None:
    with pytest.raises(ContentProblem) as caught:
        create_app(settings_for(tmp_path))
    assert (caught.value.file, caught.value.entry) == ("undersoegende.yaml", "aab_hv")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("words", [["serve"], ["demo"], ["demo", "--kun-data"], ["migrer"]])
def test_a_broken_file_stops_the_command(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPERVISION_INSTANCE", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["supervision", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said == "Kataloget kan ikke læses: undersoegende.yaml, »aab_hv«: feltet »kort« mangler.\n"
    assert not (tmp_path / "supervision.db").exists(), "nothing is touched before the content is read"


def test_an_untouched_copy_is_read(folder: Path) -> None:
    assert check_content(folder) == 117


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "laering.yaml").unlink()
    problem = refused(folder)
    assert (problem.file, problem.entry) == ("laering.yaml", "")
    assert "findes ikke" in problem.reason


def test_a_misspelt_file_is_named(folder: Path) -> None:
    (folder / "laeringen.yaml").write_text("version: 1\n", encoding="utf-8")
    assert refused(folder).file == "laeringen.yaml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "felter med navn"), (b"- 1\n", "felter med navn"), (b"\xff\xfe\xfa", "UTF-8")],
)
def test_a_file_of_another_shape_is_refused(folder: Path, content: bytes, reason: str) -> None:
    (folder / "koder.yaml").write_bytes(content)
    problem = refused(folder)
    assert problem.file == "koder.yaml"
    assert reason in problem.reason
