"""The four steps of a kontrakt as values, and what each may hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import zip_longest
from uuid import UUID

from supervision.aftaler.rules import words
from supervision.aftaler.rules.samtaletyper import samtaletype
from supervision.problems import RuleBroken

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SamtaleTrin:
    """Samtalen: what, when and where. `dato` and `tid` are Danish; `parter` are codes of TALER_PARTER."""

    type: str
    form: str
    dato: date
    tid: time
    laengde_min: int
    sted: str
    forloeb_nr: int | None
    slags: str
    maal: str
    redskaber: str
    bidrag: str
    parter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FokusTrin:
    """Fokus: what the fokusperson wants watched, in their own words.

    principper: place for place the local principle that each is about; () when none is, and no None at its end.
    linjer: in the same way the line of the fokusperson's læringspil that each came from. It is no part of what the
    two agree, and of no page's fingerprint.
    """

    fokus: tuple[str, ...]
    principper: tuple[UUID | None, ...] = ()
    linjer: tuple[UUID | None, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, UUID | None]], linjer: Iterable[UUID | None] = ()) -> FokusTrin:
        """The step from (text, principle or None) for each focus, and the line of each."""
        found = list(pairs)
        return cls(
            tuple(text for text, _ in found), _trimmed(princip for _, princip in found), _trimmed(linjer)
        )

    def pairs(self) -> list[tuple[str, UUID | None]]:
        """(text, principle or None) for each focus."""
        return list(zip_longest(self.fokus, self.principper[: len(self.fokus)]))

    def med_linjer(self) -> list[tuple[str, UUID | None]]:
        """(text, line or None) for each focus."""
        return list(zip_longest(self.fokus, self.linjer[: len(self.fokus)]))


@dataclass(frozen=True, slots=True)
class KendetegnTrin:
    """Kendetegn: the tiles in order, the GameMaster variant, and the skabelon they began as, if any.

    gm_version, skabelon_version: the version of each. None when written: the one that stands there, as long as it is
    the same GameMaster and skabelon, else the newest.
    """

    koder: tuple[str, ...]
    gm_variant: str
    skabelon: str | None
    gm_version: int | None = None
    skabelon_version: int | None = None


@dataclass(frozen=True, slots=True)
class AftaleTrin:
    """Aftaler: the frame around the samtale and the feedback. `borger_ja` None: not asked yet."""

    udenfor: str
    plads: str
    praesentation: str
    borger_ja: bool | None
    fortolkning_tilladt: bool
    gode_raad_tilladt: bool
    feedback_hvornaar: str
    feedback_min: int


Trin = SamtaleTrin | FokusTrin | KendetegnTrin | AftaleTrin


@dataclass(frozen=True, slots=True)
class Fejl:
    """One thing wrong with a step: the field and a Danish sentence."""

    field: str
    text: str


def clean_text(text: str) -> str:
    """Text as it is kept: trimmed, one kind of line break, none of the characters a database refuses."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fingerprint(*trin: Trin) -> str:
    """16 characters that change when the content does: how a page knows what it was made from."""
    return hashlib.sha256(repr(trin).encode()).hexdigest()[:16]


def asks_again(before: Trin, after: Trin) -> bool:
    """Whether the change touches what the two agreed. The citizen's answer is a fact, not a part of that."""
    if isinstance(before, AftaleTrin) and isinstance(after, AftaleTrin):
        return replace(after, borger_ja=before.borger_ja) != before
    if isinstance(before, FokusTrin) and isinstance(after, FokusTrin):
        return replace(after, linjer=before.linjer) != before
    return before != after


def check_trin(trin: Trin, **known: object) -> None:
    """Raise RuleBroken for the first thing `list_fejl` finds."""
    for fejl in list_fejl(trin, **known):  # type: ignore[arg-type]
        raise RuleBroken(fejl.text, fejl.field)


def list_fejl(
    trin: Trin,
    *,
    today: date | None = None,
    before: Trin | None = None,
    koder: Collection[str] = (),
    varianter: Collection[str] = (),
    principper: Collection[UUID] = (),
    linjer: Collection[UUID] = (),
) -> list[Fejl]:
    """Everything wrong with a step.

    today: the Danish date, for samtalen; a date that already stood there (`before`) is left alone.
    koder, varianter: the kendetegn and GameMaster variants that there are, for kendetegn.
    principper, linjer: those that a focus can be about and come from, for fokus.
    """
    if isinstance(trin, SamtaleTrin):
        return [*_samtale_fejl(trin), *_dato_fejl(trin, today, before)]
    if isinstance(trin, FokusTrin):
        return list(_fokus_fejl(trin, principper, linjer))
    if isinstance(trin, KendetegnTrin):
        return list(_kendetegn_fejl(trin, koder, varianter))
    return list(_aftale_fejl(trin))


def _samtale_fejl(trin: SamtaleTrin) -> Iterator[Fejl]:
    yield from _choices(
        (
            ("type", trin.type, words.SAMTALE_TYPER),
            ("form", trin.form, words.SAMTALE_FORMER),
            ("slags", trin.slags, words.SLAGS),
        )
    )
    yield from _range(
        "laengde_min", trin.laengde_min, words.LAENGDE, "Samtalen kan vare fra {} til {} minutter."
    )
    if trin.forloeb_nr is not None:
        yield from _range(
            "forloeb_nr",
            trin.forloeb_nr,
            words.FORLOEB,
            "Skriv et tal fra {} til {}, eller lad feltet stå tomt.",
        )
    yield from _lengths(trin, ("sted", "maal", "redskaber", "bidrag"))
    if not set(trin.parter) <= words.TALER_PARTER.keys() or len(set(trin.parter)) < len(trin.parter):
        yield Fejl("parter", "Vælg blandt mulighederne.")
    elif len(trin.parter) < words.PARTER_MIN or "medarbejder" not in trin.parter:
        yield Fejl("parter", "Vælg medarbejderen og mindst én mere, der taler i samtalen.")
    elif len(trin.parter) < samtaletype(trin.type).mindst:
        yield Fejl(
            "parter", "I en fællessamtale taler mindst tre. Vælg den tredje, eller vælg en anden type."
        )


def _dato_fejl(trin: SamtaleTrin, today: date | None, before: Trin | None) -> Iterator[Fejl]:
    if today is None or (isinstance(before, SamtaleTrin) and before.dato == trin.dato):
        return
    if trin.dato < today:
        yield Fejl("dato", "Datoen er gået. En kontrakt laves før samtalen: vælg i dag eller senere.")
    elif trin.dato > today + timedelta(days=words.DAYS_AHEAD):
        yield Fejl("dato", "Datoen ligger mere end et år frem. Vælg en, der er tættere på.")


def _trimmed(ids: Iterable[UUID | None]) -> tuple[UUID | None, ...]:
    """Without the Nones at its end."""
    found = list(ids)
    return tuple(found[: max((place for place, one in enumerate(found, 1) if one), default=0)])


def _fokus_fejl(trin: FokusTrin, principper: Collection[UUID], linjer: Collection[UUID]) -> Iterator[Fejl]:
    if any(linje is not None and linje not in linjer for linje in trin.linjer):
        yield Fejl("fokus-0", "Linjen findes ikke i læringspilen. Skriv fokus med dine egne ord.")
    for place, princip in enumerate(trin.principper):
        if princip is not None and princip not in principper:
            yield Fejl(f"principper-{place}", "Vælg et af jeres principper på listen.")
    for place, text in enumerate(trin.fokus):
        if place == words.FOKUS_MAX:
            yield Fejl(f"fokus-{place}", "Der er plads til tre fokuspunkter. Vælg dem, der betyder mest.")
        elif len(text) > words.TEKST_MAX["fokus"]:
            yield Fejl(f"fokus-{place}", _too_long(text, words.TEKST_MAX["fokus"]))


def _kendetegn_fejl(
    trin: KendetegnTrin, koder: Collection[str], varianter: Collection[str]
) -> Iterator[Fejl]:
    if len(trin.koder) > words.KENDETEGN_MAX:
        yield Fejl("koder", "Der er plads til tolv kendetegn på optageren. Fjern et, før du vælger flere.")
    if len(set(trin.koder)) < len(trin.koder) or any(kode not in koder for kode in trin.koder):
        yield Fejl("koder", "Et af kendetegnene findes ikke i metodekataloget. Vælg blandt dem på listen.")
    if trin.gm_variant not in varianter:
        yield Fejl("gm_variant", "Vælg en af mulighederne.")


def _aftale_fejl(trin: AftaleTrin) -> Iterator[Fejl]:
    yield from _choices((("feedback_hvornaar", trin.feedback_hvornaar, words.FEEDBACK_HVORNAAR),))
    yield from _range(
        "feedback_min",
        trin.feedback_min,
        words.FEEDBACK_LAENGDE,
        "Feedbacken kan vare fra {} til {} minutter.",
    )
    yield from _lengths(trin, ("udenfor", "plads", "praesentation"))


def _choices(given: Iterable[tuple[str, str, Collection[str]]]) -> Iterator[Fejl]:
    for name, value, allowed in given:
        if value not in allowed:
            yield Fejl(name, "Vælg en af mulighederne.")


def _range(field: str, value: int, limits: tuple[int, int], text: str) -> Iterator[Fejl]:
    if not limits[0] <= value <= limits[1]:
        yield Fejl(field, text.format(*limits))


def _lengths(trin: Trin, fields: Iterable[str]) -> Iterator[Fejl]:
    for name in fields:
        text, limit = getattr(trin, name), words.TEKST_MAX[name]
        if len(text) > limit:
            yield Fejl(name, _too_long(text, limit))


def _too_long(text: str, limit: int) -> str:
    return f"Teksten er på {len(text)} tegn. Der er plads til {limit}: skriv det kortere."
