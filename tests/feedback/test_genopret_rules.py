"""What is put back of a draft that a device kept: nothing is lost, nothing comes twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from supervision.feedback.rules.genopret import to_put_back
from supervision.feedback.rules.punkter import EGEN_BANEHALVDEL, Kladdepunkt

A, B = uuid4(), uuid4()


@dataclass
class Stored:
    id: UUID
    slags: str
    tekst: str
    t_ms: int | None = None
    sendt_at: datetime | None = None


def put_back(
    kept: list[Kladdepunkt], stored: list[Stored], *, unchanged: bool = True, handed_in: bool = False
) -> list[Kladdepunkt]:
    return to_put_back(kept, stored, slags=EGEN_BANEHALVDEL, unchanged=unchanged, handed_in=handed_in)


def typed(tekst: str, id: UUID = A, slags: str = "iagttagelse", t_ms: int | None = None) -> Kladdepunkt:
    return Kladdepunkt(id, slags, tekst, t_ms)


def test_what_the_server_never_got_comes_back_as_it_was() -> None:
    assert put_back([typed("Jeg så", t_ms=5)], []) == [typed("Jeg så", t_ms=5)]
    longer = typed("Jeg så dig vente")
    assert put_back([longer], [Stored(A, "iagttagelse", "Jeg så")]) == [longer]
    hung = typed("Jeg så", t_ms=7)
    assert put_back([hung], [Stored(A, "iagttagelse", "Jeg så")]) == [hung]


def test_what_is_there_does_not_come_again() -> None:
    assert put_back([typed("Jeg så")], [Stored(A, "iagttagelse", "Jeg så")], unchanged=False) == []
    assert put_back([typed("Jeg så", B)], [Stored(A, "iagttagelse", "Jeg så")]) == []
    assert put_back([typed("  \n")], []) == []


def test_written_on_from_another_device_both_stand() -> None:
    [beside] = put_back([typed("herfra")], [Stored(A, "iagttagelse", "derfra")], unchanged=False)
    assert (beside.tekst, beside.slags) == ("herfra", "iagttagelse")
    assert beside.id != A


def test_what_a_button_handed_in_comes_back_only_when_it_never_arrived() -> None:
    old = [Stored(A, "iagttagelse", "før")]
    assert put_back([typed("efter")], old, unchanged=False, handed_in=True) == []
    assert put_back([typed("efter")], old, unchanged=True, handed_in=True) == [typed("efter")]


def test_what_is_sent_or_lies_behind_a_shut_drawer_stays() -> None:
    sent = Stored(A, "iagttagelse", "sendt", sendt_at=datetime(2026, 3, 3, tzinfo=UTC))
    assert put_back([typed("sendt og mere")], [sent]) == []
    assert put_back([typed("råd", slags="godt_raad")], []) == []
