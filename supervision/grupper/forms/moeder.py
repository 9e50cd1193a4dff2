"""What is typed and ticked about a meeting. Only the fields named here are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from uuid import UUID

from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from supervision import clock
from supervision.aftaler.forms.fields import ClockField
from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.forms import Form
from supervision.grupper.forms.grupper import DATE_FORMATS
from supervision.grupper.models import Moede, Runde
from supervision.grupper.rules import MINUTTER, SLAGS, Punkt
from supervision.problems import RuleBroken


def _uuid(value: object) -> UUID:
    return UUID(str(value))


def _uuid_or_none(value: object) -> UUID | None:
    return UUID(str(value)) if value else None


class MoedeForm(Form):
    """When and where a meeting is, how long, in which round, and whether tjek ud has no names."""

    dato = DateField("Dag", format=DATE_FORMATS, validators=[InputRequired("Vælg dagen.")])
    tid = ClockField("Klokken", validators=[InputRequired("Skriv klokkeslættet som 13.00.")])
    minutter = IntegerField(
        "Minutter",
        default=MINUTTER,
        validators=[InputRequired("Skriv, hvor mange minutter mødet varer.")],
        description="To timer er 120 minutter.",
    )
    sted = StringField("Sted", default="")
    runde = SelectField("Runde", coerce=_uuid_or_none, default="")
    tjek_ud_anonymt = BooleanField("Tjek ud uden navne")

    def offer(self, runder: Iterable[Runde]) -> None:
        """The group's rounds, the newest first."""
        self.runde.choices = [*((runde.id, runde.navn) for runde in runder), ("", "Ingen runde")]

    @classmethod
    def of(cls, moede: Moede) -> MoedeForm:
        """The form as a meeting has it now."""
        start = clock.local(moede.start_at)
        return cls(
            data={
                "dato": start.date(),
                "tid": start.time(),
                "minutter": moede.minutter,
                "sted": moede.sted,
                "runde": moede.runde_id,
                "tjek_ud_anonymt": moede.tjek_ud_anonymt,
            }
        )

    @property
    def start_at(self) -> datetime:
        """The moment; the form is valid."""
        assert self.dato.data is not None
        tid: time = self.tid.data
        return clock.from_local(self.dato.data, tid)


class BordForm(Form):
    """What one puts on the table."""

    samtaler = SelectMultipleField(
        "Kryds fra dine samtaler",
        coerce=_uuid,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    punkter = SelectMultipleField(
        "Sætninger fra din feedback",
        coerce=_uuid,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    med_navn = BooleanField("Vis mit fornavn ved sætningerne")

    def offer(self, samtaler: Iterable[tuple[UUID, str]], punkter: Iterable[tuple[UUID, str]]) -> None:
        """One's own samtaler and points to choose among."""
        self.samtaler.choices = list(samtaler)
        self.punkter.choices = list(punkter)


Linje = tuple[UUID | None, Punkt]
"""A line of an agenda as it was sent: its id, or None for a new one."""


def read_dagsorden(sent: Mapping[str, list[str]]) -> list[Linje]:
    """The lines of the agenda's form, with the one act that was asked for done to them. Raises RuleBroken.

    sent: lists by name: `id` (an id, or "" for a new line), `slags`, `titel`, `minutter`, one each for every line, and
    `handling`: op:N, ned:N or fjern:N of the line with the number N counted from 0; or tilfoej, with the kind in `ny`.
    """
    columns = [sent.get(name, []) for name in ("id", "slags", "titel", "minutter")]
    if len({len(column) for column in columns}) != 1:
        raise RuleBroken("Siden passer ikke med dagsordenen. Genindlæs den, og prøv igen.")
    lines = [_linje(*cells) for cells in zip(*columns, strict=True)]
    return _done(lines, (sent.get("handling") or [""])[0], (sent.get("ny") or [""])[0])


def _linje(id_: str, slags: str, titel: str, minutter: str) -> Linje:
    if ligner_cpr(titel):
        raise RuleBroken(CPR_FEJL)
    try:
        return _uuid_or_none(id_), Punkt(slags, titel, int(minutter))
    except ValueError as wrong:
        raise RuleBroken(f"Skriv minutterne ved »{titel}« som et helt tal.") from wrong


def _done(lines: list[Linje], handling: str, ny: str) -> list[Linje]:
    act, _, number = handling.partition(":")
    place = int(number) if number.isdigit() else -1
    if act == "tilfoej":
        if ny not in SLAGS:
            raise RuleBroken("Vælg, hvad der skal tilføjes.")
        return [*lines, (None, Punkt(ny, SLAGS[ny].titel, 10))]
    if not 0 <= place < len(lines):
        return lines
    if act == "fjern":
        return [line for nr, line in enumerate(lines) if nr != place]
    other = place + {"op": -1, "ned": 1}.get(act, 0)
    if 0 <= other < len(lines):
        lines[place], lines[other] = lines[other], lines[place]
    return lines
