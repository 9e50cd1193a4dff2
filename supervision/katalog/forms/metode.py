"""What an editor types into an own method, turned into its stored content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from supervision.forms import Form
from supervision.katalog import rules
from supervision.katalog.forms.fields import KORT_LANGT, LinesField, as_kort, as_typed, text
from supervision.katalog.rules import egne


class KendetegnForm(Form):
    """One kendetegn of a method."""

    class Meta(Form.Meta):
        csrf = False

    kode = HiddenField()
    kort = StringField("Kort navn", filters=[as_kort])
    tekst = text("Hele sætningen", egne.TEKST_MAX, long=True)
    skjult = BooleanField("Skjul det hos os")
    som = SelectField("Tæller med under", choices=[], default="")

    @property
    def tom(self) -> bool:
        """Whether nothing has been written."""
        return not self.kort.data and not self.tekst.data

    def validate_kort(self, field: Any) -> None:
        """It must fit a tile."""
        field.data = field.data or ""
        if not field.data and self.tekst.data:
            raise ValidationError("Skriv også et kort navn.")
        if len(rules.plain(field.data)) > rules.KORT_MAX:
            tegn = len(rules.plain(field.data))
            raise ValidationError(f"Navnet er på {tegn} tegn. Der er plads til {rules.KORT_MAX} på et felt.")
        if rules.kort_problem(field.data) or len(field.data) > egne.KORT_TEGN_MAX:
            raise ValidationError(KORT_LANGT)

    def validate_tekst(self, field: Any) -> None:
        """A name alone tells nobody what to look for."""
        if not field.data and self.kort.data:
            raise ValidationError("Skriv også sætningen: hvad kan man se eller høre?")


class MetodeForm(Form):
    """An own method. `stored`: its draft, which says which codes there are."""

    navn = text("Navn", egne.NAVN_MAX)
    aliaser = LinesField("Kaldes også", description="Et navn på hver linje.")
    trin = LinesField("Trin", description="Et trin på hver linje, i rækkefølge.")
    faldgruber = LinesField("Pas på", description="Én ting på hver linje.")
    maaling = text("Det kan tælles", egne.LINJE_MAX)
    note = text("Værd at vide", egne.LONGEST["note"], long=True)
    kendetegn = FieldList(FormField(KendetegnForm), max_entries=egne.KENDETEGN_MAX)
    handling = HiddenField()

    def __init__(self, stored: Mapping[str, Any], original: rules.Metode | None) -> None:
        super().__init__(data=_as_form(stored))
        self._stored = stored
        self._koder = [tegn["kode"] for tegn in stored.get("kendetegn", ())]
        self._originale = {tegn.kode: tegn for tegn in original.kendetegn} if original else {}
        choices = [("", "Ingen: det står for sig selv")]
        choices += [
            (kode, rules.plain(tegn.kort)) for kode, tegn in self._originale.items() if not tegn.maales
        ]
        for entry in self.kendetegn:
            entry.form.som.choices = choices

    def is_original(self, kode: str | None) -> bool:
        """Whether the kendetegn is the original's: it can be hidden, but not taken out."""
        return kode in self._originale

    def validate(self, extra_validators: Any = None) -> bool:
        """The rows on the page are those of the draft, and their names can be told apart."""
        if not super().validate(extra_validators):
            return False
        if sorted(entry.form.kode.data or "" for entry in self.kendetegn) != sorted(self._koder):
            self.form_errors.append(
                "Kladden er ændret et andet sted. Hent siden igen, og skriv rettelsen ind."
            )
        seen: set[str] = set()
        for entry in self.kendetegn:
            name = rules.fold(entry.form.kort.data or "")
            if name and name in seen:
                entry.form.kort.errors = ["Et andet kendetegn hedder det samme. Vælg et andet navn."]
                self.kendetegn.errors = ["To kendetegn hedder det samme."]
            seen.add(name)
        return not self.form_errors and not self.kendetegn.errors

    def to_indhold(self, new_kode: Callable[[], str]) -> dict[str, Any]:
        """The draft as it is after the button that was pressed; own kendetegn that nothing was written in are gone."""
        before = {tegn["kode"]: tegn for tegn in self._stored.get("kendetegn", ())}
        rows = [
            _row(entry.form, before[entry.form.kode.data], self.is_original(entry.form.kode.data))
            for entry in self.kendetegn
            if self.is_original(entry.form.kode.data) or not entry.form.tom
        ]
        verb, _, kode = (self.handling.data or "").partition(":")
        if verb == "tilfoej":
            rows.append({"kode": new_kode(), "kort": "", "tekst": ""})
        found = {row["kode"]: row for row in rows}
        order = egne.change_order(tuple(found), verb, kode, fixed=self._originale)
        written = {
            "navn": self.navn.data,
            "aliaser": self.aliaser.linjer,
            "trin": self.trin.linjer,
            "faldgruber": self.faldgruber.linjer,
            "maaling": self.maaling.data,
            "note": self.note.data,
            "kendetegn": [found[kode] for kode in order],
        }
        kept = {field: value for field, value in self._stored.items() if field not in written}
        return {**kept, **{field: value for field, value in written.items() if value}}


def _as_form(stored: Mapping[str, Any]) -> dict[str, Any]:
    tegn = [{**one, "kort": as_typed(one.get("kort", ""))} for one in stored.get("kendetegn", ())]
    return {**stored, "kendetegn": tegn}


def _row(form: KendetegnForm, before: Mapping[str, Any], original: bool) -> dict[str, Any]:
    """The stored kendetegn with what was typed; what the product works out, or what it is, stays."""
    kept = {field: value for field, value in before.items() if field not in ("skjult", "som")}
    typed = {**kept, "kort": form.kort.data, "tekst": form.tekst.data}
    if form.skjult.data:
        typed["skjult"] = True
    if form.som.data and not original:
        typed["som"] = form.som.data
    return typed
