"""What is written together, as a form on a page and as acts from our own scripts. Only what is named here is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Optional

from supervision.forms import Form, parse_object
from supervision.grupper.rules import sammen as rules
from supervision.observationer.formats import forseglet
from supervision.observationer.rules import FieldProblem
from supervision.problems import RuleBroken, Unreadable

MOST_AT_A_TIME = 50
KEYS = frozenset({"op", "id", "seddel", "felt", "tekst", "udgave", "ejer", "tal"})
UNREADABLE = "Det kunne vi ikke læse. Genindlæs siden, og prøv igen."


class SeddelForm(Form):
    """A note: new, put right, taken back, put there again, given an owner, said yes to."""

    handling = StringField(default=rules.SKRIV)
    felt = StringField(default="")
    tekst = TextAreaField("Skriv en seddel", default="")
    udgave = IntegerField(default=0, validators=[Optional()])
    ejer = StringField(default="")

    def as_handling(self, seddel_id: UUID | None) -> rules.Handling:
        """The act that the form asks for. Raises RuleBroken."""
        handling = self.handling.data or rules.SKRIV
        if not self.validate():
            raise RuleBroken(next(iter(self.errors.values()))[0], "tekst")
        if handling not in rules.HANDLINGER:
            raise RuleBroken("Vælg en af mulighederne.")
        return rules.Handling(
            op=handling,
            id=uuid4(),
            seddel=seddel_id,
            felt=self.felt.data or "",
            tekst=self.tekst.data or "",
            udgave=self.udgave.data or 0,
            ejer=self.ejer.data or "",
        )


class TalForm(Form):
    """The group's number."""

    tal = IntegerField("Gruppens tal", validators=[Optional()])

    def as_handling(self) -> rules.Handling:
        """The act that the form asks for; what is no number is 0, which is refused."""
        self.validate()
        return rules.Handling(op=rules.SAET_TAL, id=uuid4(), tal=self.tal.data or 0)


def parse_handlinger(
    body: bytes, secret: str, moede_id: UUID
) -> tuple[list[rules.Handling], list[rules.Svar]]:
    """Open `{"handlinger": […]}`: the acts that can be carried out, and answers to those whose words cannot be opened.

    A text may be sealed for the meeting. secret: SECRET_KEY. Raises RuleBroken when it is nothing of ours, Unreadable
    when somebody has put in a key that we do not know.
    """
    try:
        raw = parse_object(body, frozenset({"handlinger"}))["handlinger"]
        if not isinstance(raw, list) or len(raw) > MOST_AT_A_TIME:
            raise RuleBroken(UNREADABLE)
        acts, refused = [], []
        for one in raw:
            handling = _handling(one)
            try:
                acts.append(_opened(handling, secret, moede_id))
            except FieldProblem:
                words = "Sedlen, der lå på enheden, kan ikke åbnes. Skriv den igen."
                refused.append(rules.Svar(handling.id, rules.AFVIST, handling.seddel, fejl=words))
        return acts, refused
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RuleBroken(UNREADABLE) from None


def _handling(one: dict[str, Any]) -> rules.Handling:
    if one["op"] not in rules.HANDLINGER:
        raise ValueError
    if not one.keys() <= KEYS:
        raise Unreadable(UNREADABLE)
    seddel = one.get("seddel")
    return rules.Handling(
        op=one["op"],
        id=UUID(one["id"]),
        seddel=UUID(seddel) if seddel else None,
        felt=_text(one.get("felt", "")),
        tekst=_text(one.get("tekst", "")),
        udgave=_number(one.get("udgave", 0)),
        ejer=_text(one.get("ejer", "")),
        tal=_number(one.get("tal", 0)),
    )


def _opened(handling: rules.Handling, secret: str, moede_id: UUID) -> rules.Handling:
    if not forseglet.is_sealed(handling.tekst):
        return handling
    text = forseglet.open_sealed(handling.tekst, secret, moede_id)
    return replace(handling, tekst=text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value
