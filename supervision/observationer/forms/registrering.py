"""The form of one registrering, made of the fields of its slags: lists and whole numbers, no free text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from wtforms import Field, HiddenField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms import validators as check
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.danish import ur
from supervision.forms import Form
from supervision.katalog.rules.vaerdier import INGEN, SLAGS, Data, Felt, Omgivelser, problems
from supervision.observationer.forms import is_clock, read_clock
from supervision.problems import RuleBroken

TID = "Tid i samtalen"


class _Flere(SelectMultipleField):
    """Checkboxes, which answer a foreign value in Danish."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Raises ValidationError for what is not on the list."""
        known = {value for value, *_ in self.iter_choices()}
        if not set(self.data or ()) <= known:
            raise check.ValidationError("Vælg blandt mulighederne.")


class _Valg(RadioField):
    """Radios, which say at the top of the page too which of them is meant."""

    def pre_validate(self, form: Any) -> None:
        """Raises ValidationError for what is not on the list."""
        if self.data not in {value for value, *_ in self.iter_choices()}:
            raise check.ValidationError(f"Vælg en af mulighederne ved »{self.label.text.rstrip('?')}«.")


class RegistreringForm(Form):
    """The base; `registrering_form` adds the fields of a slags."""

    ny_id = HiddenField(validators=[check.UUID(message="Siden var for gammel. Genindlæs den, og prøv igen.")])

    def to_data(self, slags: str, omgivelser: Omgivelser) -> Data:
        """What is to be stored: the fields that were answered, and what the slags fixes. Call it on a valid form."""
        kind = SLAGS[slags]
        answered = {felt.key: self[felt.key].data for felt in kind.felter(omgivelser)}
        return {
            **{key: value for key, value in answered.items() if value not in (None, "", [])},
            **kind.fast(omgivelser),
        }

    def to_ms(self) -> int | None:
        """Milliseconds since the samtale began, None for no place on the timeline. Call it on a valid form."""
        typed = (self.tid.data or "").strip() if "tid" in self else ""
        return read_clock(typed) if typed else None

    def validate_of(self, slags: str, omgivelser: Omgivelser) -> bool:
        """Whether what was typed may be stored; the errors stand at their fields."""
        if not self.validate_on_submit():
            return False
        for key, text in problems(SLAGS[slags], self.to_data(slags, omgivelser), omgivelser):
            self.show(RuleBroken(text, key or None))
        return not self.errors and not self.form_errors

    def show(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the top of the form."""
        if problem.field in self:
            control = self[problem.field]
            control.errors = [*control.errors, problem.text]
        else:
            self.form_errors.append(problem.text)


def registrering_form(
    slags: str,
    omgivelser: Omgivelser,
    *,
    stored: Mapping[str, Any] | None = None,
    tid_ms: int | None = None,
    ord: Callable[[str], str] = str,
) -> RegistreringForm:
    """The form of a slags, filled with what was typed, else with what is `stored`.

    tid_ms: where on the timeline it stands, in milliseconds since the samtale began. ord: puts a text of ours in the
    organisation's words.
    """
    kind = SLAGS[slags]
    fields: dict[str, Any] = {felt.key: _control(felt, ord) for felt in kind.felter(omgivelser)}
    if kind.tid:
        clock = [check.Optional(), is_clock]
        fields["tid"] = StringField(TID, validators=clock, default="")
    made = type("SlagsForm", (RegistreringForm,), fields)
    filled = dict(stored or {}) | ({} if tid_ms is None else {"tid": ur(tid_ms)})
    form: RegistreringForm = made(data={"ny_id": str(uuid4()), **filled})
    return form


def groups(felter: Iterable[Felt], form: RegistreringForm) -> list[tuple[str, list[tuple[Felt, Field]]]]:
    """The fields with their controls, by the headings that stand over them; "" for those before the first."""
    found: list[tuple[str, list[tuple[Felt, Field]]]] = []
    for felt in felter:
        if felt.gruppe or not found:
            found.append((felt.gruppe, []))
        found[-1][1].append((felt, form[felt.key]))
    return found


def _control(felt: Felt, ord: Callable[[str], str]) -> Any:
    navn, valg = ord(felt.navn), [(kode, ord(navn)) for kode, navn in felt.valg]
    if felt.art == "tal":
        within = check.NumberRange(felt.fra, felt.til, f"Skriv et helt tal fra {felt.fra} til {felt.til}.")
        needed = check.InputRequired(f"Skriv et helt tal fra {felt.fra} til {felt.til}.")
        return IntegerField(navn, validators=[needed if felt.kraevet else check.Optional(), within])
    if felt.art == "flere":
        return _Flere(navn, choices=valg)
    if felt.kraevet:
        return _Valg(navn, choices=valg)
    return _Valg(navn, choices=[*valg, INGEN], default="")
