"""What is typed about feedback, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms import validators as check

from supervision.aftaler.rules import clean_text
from supervision.feedback.rules import punkter as rules
from supervision.feedback.rules import refleksion
from supervision.forms import Form, parse_object
from supervision.observationer.formats import forseglet
from supervision.observationer.rules import FieldProblem
from supervision.problems import RuleBroken


def clean(value: str | None) -> str:
    """Text as it is kept; nothing typed is the empty text."""
    return clean_text(value or "")


class PunktForm(Form):
    """One point of a draft. An empty text takes the point away."""

    class Meta(Form.Meta):
        csrf = False

    id = HiddenField(validators=[check.UUID(message="Punktet kunne ikke læses. Genindlæs siden.")])
    slags = HiddenField(validators=[check.AnyOf(list(rules.SLAGS), message="Vælg en af mulighederne.")])
    tekst = TextAreaField(filters=[clean], validators=[check.Length(max=rules.MAX_TEGN)])
    t_ms = IntegerField(
        "Øjeblik", validators=[check.Optional(), check.NumberRange(min=0, max=rules.MAX_T_MS)]
    )


class SkrivForm(Form):
    """The whole draft in the order of the page. `handling`: what the pressed button also does."""

    punkter = FieldList(FormField(PunktForm))
    handling = StringField(validators=[check.Length(max=60)])

    def kladde(self) -> list[rules.Kladdepunkt]:
        """The points as typed. Call it on a valid form."""
        return [_kladdepunkt(entry.form) for entry in self.punkter.entries]


def _kladdepunkt(form: PunktForm) -> rules.Kladdepunkt:
    return rules.Kladdepunkt(UUID(form.id.data), form.slags.data or "", form.tekst.data or "", form.t_ms.data)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a device kept. base: the version of the stored draft it was written on. afleveret: a button handed it in."""

    base: str
    afleveret: bool
    punkter: list[rules.Kladdepunkt]


def parse_kept(body: bytes, secret: str, observation_id: UUID) -> KeptDraft:
    """Open `{"forseglet": …}`, a draft sealed for this observation. secret: SECRET_KEY.

    Points that look like a CPR number or are no points are left out. Raises Unreadable when it is something else that
    was sent, RuleBroken when it cannot be opened.
    """
    sent = parse_object(body, frozenset({"forseglet"}))
    try:
        draft = orjson.loads(forseglet.open_sealed(str(sent["forseglet"]), secret, observation_id))
        points = [_kept_point(one) for one in draft["punkter"][: rules.MAX_PUNKTER]]
        return KeptDraft(str(draft["base"]), draft["afleveret"] is True, [point for point in points if point])
    except (FieldProblem, orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        raise RuleBroken("Det, enheden har gemt, kan ikke åbnes.") from None


def _kept_point(one: dict[str, Any]) -> rules.Kladdepunkt | None:
    form = PunktForm(
        formdata=MultiDict({name: "" if value is None else str(value) for name, value in one.items()})
    )
    return _kladdepunkt(form) if form.validate() else None


class SendForm(Form):
    """`laest` is the mark of what was read through."""

    laest = HiddenField(validators=[check.InputRequired(), check.Length(max=64)])


class SkuffeForm(Form):
    """Which drawer a button is about."""

    slags = StringField(validators=[check.AnyOf(rules.SKUFFER)])


def chosen_skuffe() -> str:
    """The drawer that the form sent names. Raises RuleBroken when it is none of them."""
    form = SkuffeForm()
    if not form.validate():
        raise RuleBroken("Vælg en af skufferne.", "slags")
    return form.slags.data or ""


class AfloeserForm(Form):
    """The line of the own læringspil that a point takes the place of, when it has three already."""

    i_stedet_for = StringField(validators=[check.Optional(), check.UUID()])


def chosen_linje() -> UUID | None:
    """The line that the form sent names; None for none. Raises RuleBroken when it is no id."""
    form = AfloeserForm()
    if not form.validate():
        raise RuleBroken("Vælg en af linjerne.")
    return UUID(form.i_stedet_for.data) if form.i_stedet_for.data else None


class TakForm(Form):
    """Thanks, with words when one wants."""

    tak = TextAreaField("Skriv et par ord", filters=[clean], validators=[check.Length(max=rules.MAX_TAK)])


class SpoergForm(Form):
    """A question back about one point."""

    tekst = TextAreaField(
        "Dit spørgsmål",
        filters=[clean],
        validators=[
            check.DataRequired("Skriv dit spørgsmål først."),
            check.Length(max=rules.MAX_SPOERGSMAAL_TEGN),
        ],
    )


class SvarForm(Form):
    """The answer to a question."""

    tekst = TextAreaField(
        "Dit svar",
        filters=[clean],
        validators=[
            check.DataRequired("Skriv dit svar først."),
            check.Length(max=rules.MAX_SPOERGSMAAL_TEGN),
        ],
    )


Reply = TypeVar("Reply", SpoergForm, SvarForm)


def named(form: Reply, about: UUID) -> Reply:
    """The form with an id of its own in the page, which has one for every point."""
    form.tekst.id = f"tekst-{about}"
    return form


class BeholdForm(Form):
    """Whether the point is to be kept; said outright, so that a double click is not a no."""

    behold = BooleanField(false_values=("", "0", "nej"))


class NoteForm(Form):
    """The fokusperson's note to themself."""

    egen_note = TextAreaField("Din egen note", filters=[clean], validators=[check.Length(max=rules.MAX_NOTE)])


class RefleksionForm(Form):
    """The fokusperson's own thoughts, a field to each question."""

    lykkedes = TextAreaField(
        refleksion.SPOERGSMAAL["lykkedes"],
        filters=[clean],
        validators=[check.Length(max=refleksion.MAX_TEGN)],
    )
    svaert = TextAreaField(
        refleksion.SPOERGSMAAL["svaert"], filters=[clean], validators=[check.Length(max=refleksion.MAX_TEGN)]
    )
    hoere = TextAreaField(
        refleksion.SPOERGSMAAL["hoere"], filters=[clean], validators=[check.Length(max=refleksion.MAX_TEGN)]
    )

    def svar(self) -> dict[str, str]:
        """The answers by their fields. Call it on a valid form."""
        return {felt: self[felt].data or "" for felt in refleksion.SPOERGSMAAL}


class VisForm(Form):
    """Whether the observatør may read the thoughts; said outright, so that a double click is not a no."""

    vis = BooleanField(false_values=("", "0", "nej"))


class TagerMedForm(Form):
    """What the observatør takes along."""

    tager_med = TextAreaField(
        "Det tager jeg selv med", filters=[clean], validators=[check.Length(max=rules.MAX_NOTE)]
    )
