"""What an editor types into an own skabelon, turned into its stored content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from supervision.forms import Form
from supervision.katalog import rules
from supervision.katalog.forms.fields import (
    CheckboxesField,
    Groups,
    OrderedField,
    as_kort,
    as_typed,
    text,
)
from supervision.katalog.rules import egne

ORD_LANGT = f"Ordet er for langt. Der er plads til {rules.KORT_MAX} tegn, og | deler et langt ord."


class OrdForm(Form):
    """One word of a skabelon's own."""

    class Meta(Form.Meta):
        csrf = False

    kode = HiddenField()
    ord = text("Jeres ord", egne.KORT_TEGN_MAX)


class SkabelonForm(Form):
    """An own skabelon. `koder` and `ord`: as they stand on the page."""

    navn = text("Navn", egne.NAVN_MAX)
    beskrivelse = text("Hvad er den til?", egne.LONGEST["beskrivelse"], long=True)
    passer_til = CheckboxesField("Passer til", choices=list(rules.SAMTALETYPER.items()))
    gm_variant = RadioField("GameMaster")
    parter = CheckboxesField("Taletid: hvem følger I?", choices=list(rules.TALERE.items()))
    abc = RadioField("ABC-jobplan", choices=[("", "Står der ikke noget om"), *rules.ABC_VAEGT.items()])
    kendetegn = OrderedField("Kendetegn")
    nyt = SelectField("Tilføj et kendetegn", choices=[], validate_choice=False)
    ord = FieldList(FormField(OrdForm))
    handling = HiddenField()

    def __init__(
        self,
        stored: Mapping[str, Any],
        *,
        varianter: Mapping[str, str],
        tilbudte: Groups,
        ord: Mapping[str, str],
    ) -> None:
        """ord: kode of every party, phase and element that may have a word of its own -> that word, or ""."""
        data = {
            **stored,
            "ord": [{"kode": kode, "ord": as_typed(word)} for kode, word in ord.items()],
            "nyt": "",
        }
        super().__init__(data=data)
        self._stored = stored
        self._known = {kode for group in tilbudte.values() for kode, _ in group}
        self.gm_variant.choices = list(varianter.items())
        self.nyt.choices = {"": [("", "Vælg et kendetegn")], **tilbudte}

    def validate_kendetegn(self, field: Any) -> None:
        """Only what there is, and no more than a screen holds."""
        unknown = set(field.data or ()) - self._known - set(self._stored.get("kendetegn", ()))
        if unknown:
            raise ValidationError("Et af kendetegnene findes ikke. Hent siden igen.")

    def validate_nyt(self, field: Any) -> None:
        """Only asked for when the button beside it was pressed."""
        if self.handling.data != "tilfoej":
            return
        if field.data not in self._known:
            raise ValidationError("Vælg et kendetegn i listen.")
        if len(self.kendetegn.data or ()) >= rules.SKABELON_MAX:
            raise ValidationError(f"Der kan højst være {rules.SKABELON_MAX}. Fjern et først.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Each own word must fit a chip."""
        if not super().validate(extra_validators):
            return False
        for entry in self.ord:
            if rules.kort_problem(as_kort(entry.form.ord.data)):
                entry.form.ord.errors = [ORD_LANGT]
                self.ord.errors = ["Et af ordene er for langt."]
        return not self.ord.errors

    def to_indhold(self, metode_of: Mapping[str, str], ord_for: Callable[[str], set[str]]) -> dict[str, Any]:
        """The draft as it is after the button that was pressed.

        metode_of: kode -> key of its method. ord_for: a GameMaster -> the codes of its phases and elements.
        """
        verb, _, kode = (self.handling.data or "").partition(":")
        koder = self.kendetegn.data or ()
        if verb == "tilfoej" and self.nyt.data not in koder:
            koder = (*koder, self.nyt.data)
        koder = egne.change_order(koder, verb, kode)
        parter = [part for part in rules.TALERE if part in (self.parter.data or ())]
        may_have = ord_for(self.gm_variant.data) | set(parter)
        written = {
            "navn": self.navn.data,
            "beskrivelse": self.beskrivelse.data,
            "passer_til": [slags for slags in rules.SAMTALETYPER if slags in (self.passer_til.data or ())],
            "gm_variant": self.gm_variant.data,
            "parter": parter,
            "abc": self.abc.data,
            "kendetegn": list(koder),
            "metoder": self._metoder([metode_of[kode] for kode in koder if kode in metode_of], metode_of),
            "ord": {
                entry.form.kode.data: as_kort(entry.form.ord.data)
                for entry in self.ord
                if entry.form.ord.data and entry.form.kode.data in may_have
            },
        }
        return {field: value for field, value in written.items() if value}

    def _metoder(self, drawn_on: Sequence[str], metode_of: Mapping[str, str]) -> list[str]:
        """The methods with a tile, and those that were there without one."""
        had = {metode_of.get(kode) for kode in self._stored.get("kendetegn", ())}
        kept = [key for key in self._stored.get("metoder", ()) if key not in had or key in drawn_on]
        return list(dict.fromkeys((*kept, *drawn_on)))
