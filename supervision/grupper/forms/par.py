"""What is typed about the pairs of a round and their visits. Only the fields named here are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.aftaler.forms.fields import ClockField, uuid_or_none
from supervision.forms import Form
from supervision.grupper.forms.grupper import DATE_FORMATS
from supervision.grupper.rules.grupper import MAX_MEDLEMMER
from supervision.grupper.rules.par import METODER_MAX, Besoegsplan
from supervision.grupper.rules.pardannelse import Gruppering
from supervision.grupper.rules.partider import TIDER
from supervision.problems import RuleBroken

People = Sequence[tuple[UUID, str]]
"""(id, name to choose by)."""


class _Udgave(Form):
    """A form that says which version of what it changes was seen."""

    udgave = HiddenField()

    @property
    def seen(self) -> int | None:
        """The version; None when it is no number."""
        typed = self.udgave.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


class ParRaekke(Form):
    """One pair, or three."""

    class Meta(Form.Meta):
        csrf = False

    en = SelectField("Første", coerce=uuid_or_none)
    to = SelectField("Anden", coerce=uuid_or_none)
    tre = SelectField("Tredje", coerce=uuid_or_none)

    @property
    def valgt(self) -> Gruppering:
        """Who is in it."""
        return tuple(who for who in (self.en.data, self.to.data, self.tre.data) if who is not None)


class ParForm(_Udgave):
    """All the pairs of a round."""

    par = FieldList(FormField(ParRaekke), max_entries=MAX_MEDLEMMER)
    paa_tvaers = BooleanField("Helst på tværs af jobcenter og a-kasse")
    med_tider = BooleanField("Foreslå også en tid til de nye besøg")

    @classmethod
    def showing(cls, grupper: Iterable[Gruppering], **other: Any) -> ParForm:
        """The page's form with these pairs in it."""
        rows = [dict(zip(("en", "to", "tre"), one, strict=False)) for one in grupper]
        return cls(formdata=None, data={"par": rows, **other})

    def offer(self, people: People) -> None:
        """The members to choose among, and a line for each pair that there can be."""
        while len(self.par.entries) < min(max(len(people) // 2, 1), MAX_MEDLEMMER):
            self.par.append_entry()
        for entry in self.par.entries:
            for control in (entry.form.en, entry.form.to, entry.form.tre):
                control.choices = [("", "Ingen"), *people]

    @property
    def grupper(self) -> list[Gruppering]:
        """The pairs that somebody is in; the form is valid."""
        return [entry.form.valgt for entry in self.par.entries if entry.form.valgt]

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its line, or at the top."""
        filled = [entry for entry in self.par.entries if entry.form.valgt]
        name, _, place = (problem.field or "").partition("-")
        if name == "par" and place.isdigit() and int(place) < len(filled):
            control = filled[int(place)].form.en
            control.errors = [*control.errors, problem.text]
        else:
            self.form_errors.append(problem.text)


class LedigeTiderForm(Form):
    """The half-days on which one can."""

    tider = SelectMultipleField(
        "Hvornår kan du i denne runde?",
        choices=TIDER,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class BesoegForm(_Udgave):
    """When a visit is, what kind of samtale, and with which methods."""

    dato = DateField("Dato", format=DATE_FORMATS, validators=[InputRequired("Vælg en dato.")])
    tid = ClockField("Klokkeslæt", validators=[InputRequired("Skriv et klokkeslæt som 10.30.")])
    laengde_min = IntegerField("Minutter", validators=[InputRequired("Skriv, hvor længe samtalen varer.")])
    samtaletype = SelectField("Samtaletype")
    metoder = FieldList(
        SelectField("Redskab eller teknik", default=""), min_entries=METODER_MAX, max_entries=METODER_MAX
    )

    def offer(self, typer: Mapping[str, str], metoder: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """The types of samtale, and the methods by their kind."""
        self.samtaletype.choices = list(typer.items())
        choices = [SelectChoice("", "Ingen")]
        for kind, some in metoder.items():
            choices += [SelectChoice(key, navn, optgroup=kind) for key, navn in some]
        for entry in self.metoder.entries:
            entry.choices = choices

    @property
    def plan(self) -> Besoegsplan:
        """What was agreed; the form is valid."""
        assert self.dato.data is not None
        assert self.tid.data is not None
        return Besoegsplan(
            dato=self.dato.data,
            tid=self.tid.data,
            laengde_min=self.laengde_min.data or 0,
            samtaletype=self.samtaletype.data,
            metoder=tuple(entry.data for entry in self.metoder.entries if entry.data),
        )

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the top."""
        field = "metoder-0" if problem.field == "metoder" else problem.field
        control = self.metoder.entries[0] if field == "metoder-0" else self._fields.get(field or "")
        if control is None:
            self.form_errors.append(problem.text)
        else:
            control.errors = [*control.errors, problem.text]


class MaerkBesoegForm(_Udgave):
    """One tap: what is said of the visit."""

    maerk = HiddenField()


class KnytForm(_Udgave):
    """A kontrakt that the two have already."""

    kontrakt = HiddenField()

    @property
    def kontrakt_id(self) -> UUID | None:
        """Its id; None when it is none."""
        try:
            return UUID(self.kontrakt.data or "")
        except ValueError:
            return None
