"""What is typed into the steps of a kontrakt, turned into the values of `rules`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, FieldList, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from supervision.aftaler import rules
from supervision.aftaler.forms.fields import (
    DATE_FORMATS,
    CheckboxesField,
    ClockField,
    OrderedField,
    text,
    uuid_or_none,
)
from supervision.forms import Form
from supervision.laeringspil.rules import Linje
from supervision.problems import RuleBroken


class TrinForm(Form):
    """One step. `version`: fingerprint of what the page was made from; `handling`: the button pressed."""

    version = HiddenField()
    handling = HiddenField()
    siger_ja = BooleanField("Og jeg siger ja til kontrakten med ændringen")

    def __init__(self, data: dict[str, Any], **known: Any) -> None:
        super().__init__(data=data)
        self._known = known

    def to_trin(self) -> rules.Trin:
        """The step as typed. Call it after the fields have passed."""
        raise TypeError(f"{type(self).__name__} does not say how its step is read")

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        found = rules.list_fejl(self.to_trin(), **self._known)
        for fejl in found:
            self._put(fejl.field, fejl.text)
        return not found

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the top of the form when it has none there."""
        if problem.field:
            self._put(problem.field, problem.text)
        else:
            self.form_errors.append(problem.text)

    def first_error(self) -> str:
        """The first thing to mend, in words."""
        for control in self:
            for error in _flat(control.errors):
                return error
        return "Der er noget, der skal rettes."

    def is_stale(self, stored: rules.Trin) -> bool:
        """Whether somebody has written something else since the page was made."""
        return self.version.data != rules.fingerprint(stored) and self.to_trin() != stored

    def _put(self, field: str, text: str) -> None:
        control = self._control(field)
        control.errors = [*control.errors, text]

    def _control(self, field: str) -> Any:
        return self[field]


class SamtaleForm(TrinForm):
    """Samtalen."""

    slags = RadioField("Hvad er det?", choices=rules.SLAGS, default="kollegial")
    dato = DateField("Dato", format=DATE_FORMATS, validators=[InputRequired("Vælg en dato.")])
    tid = ClockField("Klokkeslæt", validators=[InputRequired("Skriv et klokkeslæt som 10.30.")])
    laengde_min = IntegerField(
        "Længde i minutter", validators=[InputRequired("Skriv, hvor længe samtalen varer.")]
    )
    type = SelectField("Type", choices=rules.SAMTALE_TYPER)
    form = RadioField("Form", choices=rules.SAMTALE_FORMER, default="fysisk")
    sted = text("Sted")
    forloeb_nr = IntegerField("Nummer i forløbet", validators=[Optional()])
    parter = CheckboxesField("Hvem taler i samtalen?", choices=rules.TALER_PARTER)
    maal = text("Mål for samtalen", long=True)
    redskaber = text("Redskaber", long=True)
    bidrag = text("Hvad redskaberne skal bidrage med", long=True)

    def to_trin(self) -> rules.SamtaleTrin:
        assert self.dato.data is not None
        assert self.laengde_min.data is not None
        return rules.SamtaleTrin(
            type=self.type.data,
            form=self.form.data,
            dato=self.dato.data,
            tid=self.tid.data,
            laengde_min=self.laengde_min.data,
            sted=self.sted.data,
            forloeb_nr=self.forloeb_nr.data,
            slags=self.slags.data,
            maal=self.maal.data,
            redskaber=self.redskaber.data,
            bidrag=self.bidrag.data,
            parter=self._parter(),
        )

    def _parter(self) -> tuple[str, ...]:
        return tuple(part for part in rules.TALER_PARTER if part in (self.parter.data or ()))


class FokusForm(TrinForm):
    """Fokus. `forslag`: the fokusperson's own lines, one of which a button puts in (`forslag:0`).

    Where a focus came from a line, it goes on doing so when it is reworded, whoever does it; `slip:0` lets it go.
    principper: id -> words of what a focus can be about; none in an organisation that has no principles.
    """

    fokus = FieldList(text("Fokus", long=True), min_entries=rules.FOKUS_MAX)
    principper = FieldList(SelectField("Princip", coerce=uuid_or_none), min_entries=rules.FOKUS_MAX)

    def __init__(
        self,
        data: dict[str, Any],
        *,
        forslag: Sequence[Linje] = (),
        principper: Mapping[UUID, str] | None = None,
        **known: Any,
    ) -> None:
        super().__init__(data, principper=principper or {}, **known)
        self._forslag = forslag
        self._stands = list(zip_longest(data["fokus"], data["linjer"]))
        for entry in self.principper:
            entry.choices = {
                "": "Intet princip",
                **{str(key): words for key, words in (principper or {}).items()},
            }

    def to_trin(self) -> rules.FokusTrin:
        tags = [entry.data for entry in self.principper]
        typed = [
            (entry.data, tag) for entry, tag in zip_longest(self.fokus, tags[: len(self.fokus)]) if entry.data
        ]
        texts = [text for text, _ in typed]
        med_linjer = self._handled(list(zip(texts, rules.carry_linjer(self._stands, texts), strict=True)))
        pairs = zip_longest([text for text, _ in med_linjer], [tag for _, tag in typed])
        return rules.FokusTrin.of(pairs, [linje for _, linje in med_linjer])

    def _handled(self, fokus: list[tuple[str, UUID | None]]) -> list[tuple[str, UUID | None]]:
        """What the pressed button does to (text, line or None)."""
        verb, _, typed = (self.handling.data or "").partition(":")
        place = int(typed) if typed.isdecimal() else -1
        if verb == "forslag" and 0 <= place < len(self._forslag):
            linje = self._forslag[place]
            assert linje.id is not None
            return rules.add_linje(fokus, linje.faerdighed, linje.id)
        if verb == "slip" and 0 <= place < len(self.fokus):
            let_go = self.fokus[place].data
            return [(text, None if text == let_go else linje) for text, linje in fokus]
        return fokus

    def _filled(self) -> list[Any]:
        return [entry for entry in self.fokus if entry.data]

    def _control(self, field: str) -> Any:
        if field.startswith("principper-"):
            return self.principper[min(int(field.partition("-")[2]), len(self.principper) - 1)]
        entries = self._filled() or [self.fokus[0]]
        return entries[min(int(field.partition("-")[2]), len(entries) - 1)]


class KendetegnForm(TrinForm):
    """Kendetegn: the list as it stands on the page, and what the pressed button does to it."""

    koder = OrderedField("Kendetegn")
    gm_variant = RadioField("GameMaster", choices={})
    skabelon = HiddenField(filters=[lambda key: key or None])

    def __init__(self, data: dict[str, Any], *, varianter: dict[str, str], **known: Any) -> None:
        super().__init__(data, varianter=varianter, **known)
        self._stored = data
        self.gm_variant.choices = varianter

    def to_trin(self) -> rules.KendetegnTrin:
        koder = rules.change_palet(self.koder.data or (), self.handling.data or "")
        return rules.KendetegnTrin(
            koder,
            self.gm_variant.data,
            self.skabelon.data,
            self._version("gm_version", "gm_variant"),
            self._version("skabelon_version", "skabelon"),
        )

    def _version(self, version: str, of: str) -> int | None:
        """The stored version, as long as it is of what is chosen on the page."""
        stored: int | None = self._stored.get(version)
        return stored if self._stored.get(of) == self[of].data else None


class AftaleForm(TrinForm):
    """Aftaler."""

    udenfor = text("Hvad skal vi ikke kigge på?", long=True)
    plads = text("Hvor er observatøren under samtalen?")
    praesentation = text("Sådan præsenteres observatøren for borgeren", long=True)
    borger_ja = RadioField("Har borgeren sagt ja?", choices=rules.BORGER_JA, default="")
    fortolkning_tilladt = BooleanField("Observatøren må også fortolke")
    gode_raad_tilladt = BooleanField("Observatøren må også give gode råd")
    feedback_hvornaar = RadioField("Hvornår?", choices=rules.FEEDBACK_HVORNAAR)
    feedback_min = IntegerField(
        "Minutter til feedback", validators=[InputRequired("Skriv, hvor længe den varer.")]
    )

    def to_trin(self) -> rules.AftaleTrin:
        assert self.feedback_min.data is not None
        return rules.AftaleTrin(
            udenfor=self.udenfor.data,
            plads=self.plads.data,
            praesentation=self.praesentation.data,
            borger_ja={"ja": True, "nej": False}.get(self.borger_ja.data),
            fortolkning_tilladt=self.fortolkning_tilladt.data,
            gode_raad_tilladt=self.gode_raad_tilladt.data,
            feedback_hvornaar=self.feedback_hvornaar.data,
            feedback_min=self.feedback_min.data,
        )


class SoegForm(Form):
    """The search in the catalogue; an address, so it carries no token."""

    class Meta(Form.Meta):
        csrf = False

    soeg = text("Søg i metodekataloget")


def _flat(errors: Any) -> list[str]:
    found = []
    for error in errors:
        found += [error] if isinstance(error, str) else _flat(error)
    return found
