"""The emneliste: what its file holds, and that a broken one stops the start with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervision.katalog.content import ContentProblem, load_katalog, read_katalog
from supervision.katalog.formats.emne_file import read_emnelister


def test_the_lists_of_the_catalogue() -> None:
    lister = load_katalog().emnelister
    assert [liste.nr for liste in lister.lister] == [1, 2, 3, 4, 5, 6]
    assert {liste.belaeg for liste in lister.lister[:4]} == {"kilde"}
    assert lister.for_nr(7) is lister.for_nr(None) is None
    assert lister.emner_for(7) == ()
    one, two = (lister.emner_for(nr) for nr in (1, 2))
    assert one[-len(lister.dagsorden) :] == two[-len(lister.dagsorden) :] == lister.dagsorden
    assert [emne.kode for emne in lister.planlagt(2, ["eg_tid", "em_joblog", "em_min_plan"])] == [
        "em_joblog",
        "eg_tid",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("emner: [em_min_plan,", "emner: [em_findes_ikke,", "»em_findes_ikke« findes ikke"),
        ("kode: em_cv,", "kode: em_rkv,", "»em_rkv« er brugt to gange"),
        ("nr: 2", "nr: 1", "»1« er brugt to gange"),
        ("{kode: eg_tid, navn:", "{kode: eg_tid, note: x, navn:", "»note« kendes ikke"),
        ("Passer Min Plan stadig?", "x" * 71, "71 tegn"),
        ("em_faelles_plan, em_joblog]", "em_joblog]", "står ikke på listen til nogen samtale"),
        ("belaeg: navn", "belaeg: gaet", "»gaet« er ikke"),
    ],
)
def test_a_broken_list_is_named(folder: Path, old: str, new: str, words: str) -> None:
    file = folder / "emneliste.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentProblem, match=r"emneliste\.yaml") as problem:
        read_emnelister(folder)
    assert words in problem.value.reason


def test_the_catalogue_is_not_read_without_it(folder: Path) -> None:
    (folder / "emneliste.yaml").unlink()
    with pytest.raises(ContentProblem, match=r"emneliste\.yaml: filen findes ikke"):
        read_katalog(folder)
