"""What is typed about a supervision day and its sessions. Only the fields named here are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from supervision.aftaler import rules
from supervision.aftaler.forms.fields import DATE_FORMATS, CheckboxesField, ClockField, text
from supervision.aftaler.rules import dagsplan, sessioner
from supervision.forms import Form
from supervision.personer.models import Person

CLOCK = "Skriv et klokkeslæt som 9.00."
MOST_LANES = 6


class DagForm(Form):
    """The day itself."""

    organisation = SelectField("Hvor holdes dagen?")
    dato = DateField("Dato", format=DATE_FORMATS, validators=[InputRequired("Vælg en dato.")])
    sted = text("Sted")
    fra = ClockField("Dagen begynder", validators=[InputRequired(CLOCK)])
    til = ClockField("Dagen slutter", validators=[InputRequired(CLOCK)])
    briefing = ClockField("Fælles briefing")
    briefing_min = IntegerField("Briefingens minutter", validators=[Optional(), NumberRange(5, 120)])
    ramme = text("Det siger vi til briefingen", long=True)
    supervisorer = CheckboxesField("Supervisorer")
    lokaler = text("Lokaler", long=True)

    def offer(self, organisationer: Iterable[tuple[UUID, str]], supervisorer: Mapping[UUID, str]) -> DagForm:
        """The places and the people (id -> name to choose by) that can be chosen."""
        self.organisation.choices = {str(id_): navn for id_, navn in organisationer}
        self.supervisorer.choices = {str(id_): navn for id_, navn in supervisorer.items()}
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for control, most in ((self.sted, rules.TEKST_MAX["sted"]), (self.ramme, dagsplan.RAMME_MAX)):
            if len(control.data) > most:
                control.errors = [*control.errors, f"Der er plads til {most} tegn. Skriv det kortere."]
        if any(len(navn) > dagsplan.LOKALE_MAX for navn in self.lokalenavne()):
            self.lokaler.errors = [*self.lokaler.errors, f"Et lokale kan fylde {dagsplan.LOKALE_MAX} tegn."]
        if len(self.supervisorer.data or ()) > MOST_LANES:
            self.supervisorer.errors = [*self.supervisorer.errors, f"Vælg højst {MOST_LANES} supervisorer."]
        return not any(control.errors for control in self)

    def lokalenavne(self) -> tuple[str, ...]:
        """The rooms, one on each line."""
        lines = (line.strip() for line in (self.lokaler.data or "").splitlines())
        return tuple(line for line in lines if line)[:MOST_LANES]


class SessionForm(Form):
    """One session: when, where, with whom. `version`: of the session as the page had it."""

    fokusperson = SelectField("Fokusperson", validators=[InputRequired("Vælg en fokusperson.")])
    supervisor = SelectField("Supervisor", validators=[InputRequired("Vælg en supervisor.")])
    tid = ClockField("Forberedelsen begynder", validators=[InputRequired(CLOCK)])
    samtale_min = IntegerField("Samtalens minutter", validators=[InputRequired("Skriv et antal minutter.")])
    lokale = text("Lokale")
    type = SelectField("Type", choices=rules.SAMTALE_TYPER)
    form = RadioField("Form", choices=rules.SAMTALE_FORMER, default="fysisk")
    version = HiddenField()

    def offer(self, fokuspersoner: Iterable[Person], supervisorer: Iterable[Person]) -> SessionForm:
        """The people that can be chosen."""
        people = {str(person.id): person.navn for person in fokuspersoner}
        self.fokusperson.choices = {"": "Vælg en fokusperson", **people}
        self.supervisor.choices = {str(person.id): person.navn for person in supervisorer}
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if len(self.lokale.data) > dagsplan.LOKALE_MAX:
            self.lokale.errors = [*self.lokale.errors, f"Der er plads til {dagsplan.LOKALE_MAX} tegn."]
            return False
        return True


class RetSessionForm(SessionForm):
    """A session that is on the plan: its fokusperson stays."""

    fokusperson = None  # type: ignore[assignment]

    def offer(self, fokuspersoner: Iterable[Person], supervisorer: Iterable[Person]) -> RetSessionForm:
        """The supervisors that can be chosen."""
        self.supervisor.choices = {str(person.id): person.navn for person in supervisorer}
        return self


class FyldForm(Form):
    """A day filled at once."""

    tid = ClockField("Den første begynder", validators=[InputRequired(CLOCK)])
    samtale_min = IntegerField("Samtalens minutter", validators=[InputRequired("Skriv et antal minutter.")])
    fokuspersoner = CheckboxesField("Fokuspersoner")

    def offer(self, fokuspersoner: Iterable[Person]) -> FyldForm:
        """The people that can be chosen."""
        self.fokuspersoner.choices = {str(person.id): person.navn for person in fokuspersoner}
        return self


class PauseForm(Form):
    """A break."""

    navn = text("Pausen hedder")
    tid = ClockField("Begynder", validators=[InputRequired(CLOCK)])
    minutter = IntegerField("Minutter", validators=[InputRequired("Skriv et antal minutter.")])


class UdskydForm(Form):
    """Why the feedback comes later."""

    grund = RadioField("Hvorfor?", choices=sessioner.GRUNDE)


class LinjeForm(Form):
    """The line for the day after."""

    tekst = text("Din linje", long=True)


class VidereForm(Form):
    """To whom the line is handed on."""

    kollega = SelectField("Kollega", validators=[InputRequired("Vælg en kollega.")])

    def offer(self, kolleger: Sequence[tuple[UUID, str]]) -> VidereForm:
        """The colleagues that can be chosen."""
        self.kollega.choices = {"": "Vælg en kollega", **{str(id_): navn for id_, navn in kolleger}}
        return self


def minut(moment: time) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def klokken(minut_: int) -> time:
    """The time of so many minutes after midnight; midnight itself ends the day."""
    return time(minut_ // 60, minut_ % 60) if minut_ < dagsplan.DOEGN else time(23, 59)
