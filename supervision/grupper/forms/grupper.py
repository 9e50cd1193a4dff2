"""What is typed about groups, rounds and sharing. Only the fields named here are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.forms import Form
from supervision.grupper.rules import MAERKER, NAVN_MAX
from supervision.personer.models import Person

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]


def person_choices(people: Iterable[Person], viewer: Person) -> list[tuple[UUID, str]]:
    """Names to choose among: namesakes are told apart by e-mail, guests by their house."""
    known = list(people)
    names = Counter(person.navn for person in known)
    return [(person.id, _label(person, viewer, names[person.navn] > 1)) for person in known]


def _label(person: Person, viewer: Person, has_namesake: bool) -> str:
    label = person.navn
    if person.organisation_id != viewer.organisation_id:
        label += f" ({person.organisation.navn})"
    return f"{label}, {person.email}" if has_namesake else label


def _uuid(value: object) -> UUID:
    return UUID(str(value))


def _uuid_or_none(value: object) -> UUID | None:
    return UUID(str(value)) if value else None


class GruppeForm(Form):
    """A group's name."""

    navn = StringField(
        "Gruppens navn", default="", description="For eksempel teamets navn eller det, I vil øve."
    )


class MedlemForm(Form):
    """New members: any of one's own teams, and one from elsewhere."""

    eget_team = SelectMultipleField(
        "Fra dit team",
        coerce=_uuid,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    person = SelectField("En kollega fra et andet team", coerce=_uuid_or_none, default="")

    def offer(self, own: Iterable[Person], others: Iterable[Person], viewer: Person) -> None:
        """The people to choose among."""
        self.eget_team.choices = person_choices(own, viewer)
        self.person.choices = [("", "Vælg en kollega"), *person_choices(others, viewer)]

    @property
    def person_ids(self) -> set[UUID]:
        """Everybody chosen; the form is valid."""
        chosen: set[UUID] = set(self.eget_team.data or ())
        return chosen | ({self.person.data} if self.person.data else set())


class FacilitatorForm(Form):
    """Who facilitates from now on."""

    facilitator = SelectField("Ny facilitator", coerce=_uuid)

    def offer(self, people: Iterable[Person], viewer: Person) -> None:
        """The people to choose among."""
        self.facilitator.choices = person_choices(people, viewer)


class RundeForm(Form):
    """A round: name, first and last day."""

    navn = StringField("Rundens navn", default="", description=f"Højst {NAVN_MAX} tegn, som »Efteråret«.")
    fra = DateField("Første dag", format=DATE_FORMATS, validators=[InputRequired("Vælg den første dag.")])
    til = DateField("Sidste dag", format=DATE_FORMATS, validators=[InputRequired("Vælg den sidste dag.")])

    @property
    def days(self) -> tuple[date, date]:
        """First and last day; the form is valid."""
        assert self.fra.data is not None
        assert self.til.data is not None
        return self.fra.data, self.til.data


class PlenumaftaleForm(Form):
    """What was agreed in plenum, and at which meeting."""

    tekst = TextAreaField("Hvad blev I enige om?", default="")
    aftalt = DateField(
        "Mødet var den", format=DATE_FORMATS, validators=[InputRequired("Vælg dagen for mødet.")]
    )

    @property
    def dag(self) -> date:
        """The day of the meeting; the form is valid."""
        assert self.aftalt.data is not None
        return self.aftalt.data


class MaerkeForm(Form):
    """How it went with an agreement, and at which meeting that was said."""

    maerke = RadioField(
        "Hvordan gik det?",
        choices=MAERKER,
        validators=[InputRequired("Vælg en af mulighederne.")],
    )
    dag = DateField("Mødet var den", format=DATE_FORMATS, validators=[InputRequired("Vælg dagen for mødet.")])

    @property
    def moededag(self) -> date:
        """The day of the meeting; the form is valid."""
        assert self.dag.data is not None
        return self.dag.data


class DelForm(Form):
    """Which points, and to whom. A receiver is written `gruppe:ID` or `teamleder:ID`."""

    punkter = SelectMultipleField(
        "Hvad vil du dele?",
        coerce=_uuid,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    modtager = RadioField("Hvem vil du dele med?", validators=[InputRequired("Vælg, hvem du vil dele med.")])

    def offer(self, punkter: Iterable[tuple[UUID, str]], modtagere: Iterable[tuple[str, str]]) -> None:
        """The owner's points and the possible receivers."""
        self.punkter.choices = list(punkter)
        self.modtager.choices = list(modtagere)
