"""What is typed into the læringspil, turned into its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, FieldList, FormField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from supervision.forms import Form
from supervision.katalog.content import Katalog
from supervision.katalog.rules import fold, plain
from supervision.laeringspil import rules
from supervision.laeringspil.rules import Linje
from supervision.problems import RuleBroken

UNKNOWN_KENDETEGN = "Det kendetegn er ikke i kataloget. Vælg et fra listen, eller lad feltet stå tomt."


def kendetegn_label(katalog: Katalog, kode: str) -> str:
    """“Skiftet siges højt – Procesniveau og indholdsniveau”; the short name alone when its method is gone."""
    known = katalog.kendetegn(kode)
    metode = katalog.metode(known.metode) if known else None
    return plain(katalog.navn(kode)) + (f" – {metode.navn}" if metode else "")


def kendetegn_labels(katalog: Katalog) -> tuple[str, ...]:
    """What the field for a kendetegn suggests, in the catalogue's order."""
    return tuple(kendetegn_label(katalog, kode) for kode in katalog.live)


def _koder_by_label(katalog: Katalog) -> dict[str, str]:
    found: dict[str, str] = {}
    for kode, tegn in katalog.live.items():
        found.setdefault(fold(tegn.kort), kode)
        found[fold(kendetegn_label(katalog, kode))] = kode
    return found


def _text(label: str, hint: str) -> Any:
    return TextAreaField(
        label,
        description=hint,
        filters=[lambda typed: rules.clean_line(typed or "")],
        validators=[Length(max=rules.TEKST_MAX)],
    )


class LinjeForm(Form):
    """One line. `kendetegn` is typed as the catalogue names it."""

    class Meta(Form.Meta):
        csrf = False

    faerdighed = _text("Hvad vil du øve?", "Fx: at stille ét åbent spørgsmål og vente på svaret")
    kendetegn = StringField(
        "Kendetegn fra kataloget",
        description="Skriv et par bogstaver, og vælg.",
        filters=[lambda typed: rules.clean_line(typed or "")],
    )
    situation = _text("I hvilken situation?", "Fx: i den første jobsamtale, når vi taler om mål")
    maade = RadioField("Hvad vil du gøre?", choices=list(rules.MAADER.items()), default="afproeve")
    ny = BooleanField("Det er en ny linje, som afløser den, der stod her")
    effekt = _text("Hvad vil du kunne mærke?", "Fx: at borgeren selv finder det næste skridt")


class LaeringspilForm(Form):
    """The whole arrow. What `stored` names as kendetegn may stay, though the catalogue has lost it since.

    katalog: as the person's organisation has it.
    """

    linjer = FieldList(FormField(LinjeForm), min_entries=rules.LINJER_MAX, max_entries=rules.LINJER_MAX)

    def __init__(self, katalog: Katalog, stored: Sequence[Linje] = ()) -> None:
        super().__init__(data={"linjer": [_as_typed(katalog, linje) for linje in stored]})
        kept = {fold(kendetegn_label(katalog, linje.kendetegn_kode)): linje.kendetegn_kode
                for linje in stored if linje.kendetegn_kode}  # fmt: skip
        self.gamle = len(stored)
        self._koder = _koder_by_label(katalog) | kept

    def to_linjer(self) -> tuple[Linje, ...]:
        """The lines as typed, empty ones too. Call it when the fields have passed."""
        return tuple(self._linje(entry.form) for entry in self.linjer)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for entry in self.linjer:
            control = entry.form.kendetegn
            if control.data and fold(control.data) not in self._koder:
                return self._show(control, UNKNOWN_KENDETEGN)
        try:
            rules.check_linjer(self.to_linjer())
        except RuleBroken as problem:
            _, place, name = (problem.field or "linjer-0-faerdighed").split("-")
            return self._show(self.linjer[int(place)].form[name], problem.text)
        return True

    def _linje(self, typed: Any) -> Linje:
        kode = self._koder.get(fold(typed.kendetegn.data)) if typed.kendetegn.data else None
        return Linje(
            typed.faerdighed.data,
            typed.situation.data,
            typed.maade.data,
            typed.effekt.data,
            kode,
            er_ny=typed.ny.data,
        )

    def _show(self, control: Any, text: str) -> bool:
        """Put an error at a line's field, and let the form know that it has one."""
        control.errors = [text]
        self.linjer.errors = [text]
        return False


def _as_typed(katalog: Katalog, linje: Linje) -> dict[str, str]:
    return {
        "faerdighed": linje.faerdighed,
        "kendetegn": kendetegn_label(katalog, linje.kendetegn_kode) if linje.kendetegn_kode else "",
        "situation": linje.situation,
        "maade": linje.maade,
        "effekt": linje.effekt,
    }
