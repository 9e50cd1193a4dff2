"""What an administrator types. Only the fields named here are read; whatever else is sent is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.forms import Form
from supervision.personer import rules
from supervision.personer.models import Organisation, Team
from supervision.personer.rules import beskeder, ordliste, wording
from supervision.personer.rules.ekstern_login import LOGIN_ROLLER
from supervision.personer.rules.ordvalg import SMART_A, Ordvalg
from supervision.problems import RuleBroken

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]
NOTHING = ""
KATALOGRET = "Må rette metoder og skabeloner for organisationen"


def show_problem(form: Form, problem: RuleBroken) -> None:
    """Put a broken rule at its field (`borger-ental`: in a form inside), or at the top when it has none there."""
    outer, _, inner = (problem.field or "").partition("-")
    control = form._fields.get(outer)
    if inner and control is not None:
        control = control.form._fields.get(inner)
    if control is None:
        form.form_errors.append(problem.text)
    else:
        control.errors = [*control.errors, problem.text]


def _cleaned(typed: str | None) -> str:
    return wording.clean(typed or "")


def _uuid_or_none(value: object) -> UUID | None:
    return UUID(str(value)) if value else None


class OrganisationForm(Form):
    """An organisation's name and kind."""

    navn = StringField("Navn", filters=[_cleaned])
    slags = SelectField("Slags", choices=list(rules.ORGANISATION_SLAGS.items()))


class OrdForm(Form):
    """One word: from its list, or one's own with its forms."""

    class Meta(Form.Meta):
        csrf = False

    valg = SelectField("Ord")
    koen = SelectField(
        "En eller et", choices=list(ordliste.KOEN.items()), description="Fx en vejleder, et møde."
    )
    ental = StringField("Ental", filters=[_cleaned], description="Fx vejleder.")
    bestemt = StringField("Bestemt ental", filters=[_cleaned], description="Fx vejlederen.")
    flertal = StringField("Flertal", filters=[_cleaned], description="Fx vejledere.")
    bestemt_flertal = StringField("Bestemt flertal", filters=[_cleaned], description="Fx vejlederne.")


class OrdvalgForm(Form):
    """An organisation's words, what the A of SMART is, and when the recorder mentions the talk time."""

    borger = FormField(OrdForm, "Borgeren")
    medarbejder = FormField(OrdForm, "Medarbejderen")
    samtale = FormField(OrdForm, "Samtalen")
    smart_a = RadioField("A i SMART", choices=list(SMART_A.items()))
    taletid_graense = IntegerField(
        "Sig til om taletiden fra (procent)",
        description="Optageren siger roligt til, når medarbejderen har haft så meget af ordet. Mellem 50 og 95.",
        default=rules.TALETID_GRAENSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, ord in ordliste.ORDLISTER.items():
            listed = [(key, found.ental) for key, found in ord.items()]
            self[navn].form.valg.choices = [*listed, (ordliste.EGET_ORD, "Et andet ord")]

    def show(self, ordvalg: Ordvalg) -> None:
        """Fill in the words as they are chosen; the forms of one's own too."""
        for navn in ordliste.ORDLISTER:
            inner, ord = self[navn].form, ordvalg.ord(navn)
            inner.valg.data = ordvalg.noegle(navn)
            if inner.valg.data == ordliste.EGET_ORD:
                inner.koen.data = ord.koen
                for form in ordliste.FORMER:
                    inner[form].data = getattr(ord, form)

    def to_ordvalg(self) -> Ordvalg:
        """What was chosen; the form is valid. Raises RuleBroken at a form of an own word (`borger-ental`)."""
        chosen = {}
        for navn, listed in ordliste.ORDLISTER.items():
            inner = self[navn].form
            if inner.valg.data == ordliste.EGET_ORD:
                former = {form: inner[form].data or "" for form in ordliste.FORMER}
                chosen[navn] = ordliste.eget_ord(former, inner.koen.data, navn)
            else:
                chosen[navn] = listed[inner.valg.data]
        return Ordvalg(**chosen)


class TeamForm(Form):
    """A team's name."""

    navn = StringField("Teamets navn", filters=[_cleaned])


class PersonForm(Form):
    """Who somebody is. `offer` must be called before the form is used."""

    navn = StringField("Navn", filters=[_cleaned])
    email = EmailField("E-mail", filters=[_cleaned], description="Den bruges til at logge ind med.")
    organisation = SelectField("Organisation", coerce=_uuid_or_none)

    def offer(self, organisationer: Iterable[Organisation]) -> None:
        """The organisations to choose among."""
        self.organisation.choices = [(row.id, row.navn) for row in organisationer]


class RolleForm(Form):
    """A role to give. The last day is typed as people say it: the last day with the role."""

    rolle = SelectField("Rolle", choices=list(rules.ROLLE_NAVNE.items()))
    team = SelectField(
        "Team",
        coerce=_uuid_or_none,
        description="For medarbejder og teamleder. En medarbejder har ét team ad gangen.",
    )
    organisation = SelectField("Organisation", coerce=_uuid_or_none, description="For supervisor.")
    retter_katalog = BooleanField(KATALOGRET, description="Kun for supervisor.")
    fra = DateField("Første dag", format=DATE_FORMATS, validators=[InputRequired("Vælg den første dag.")])
    til = DateField("Sidste dag", format=DATE_FORMATS, validators=[Optional()])

    def offer(self, teams: Iterable[Team], organisationer: Iterable[Organisation]) -> None:
        """The teams of the person's organisation, and all organisations."""
        self.team.choices = [(NOTHING, "Intet team"), *((row.id, row.navn) for row in teams)]
        self.organisation.choices = [
            (NOTHING, "Ingen organisation"),
            *((row.id, row.navn) for row in organisationer),
        ]

    @property
    def first_day(self) -> date:
        """The first day with the role; the form is valid."""
        assert self.fra.data is not None
        return self.fra.data

    @property
    def first_day_without(self) -> date | None:
        """The first day without the role."""
        last: date | None = self.til.data
        if last is None:
            return None
        return last + timedelta(days=1) if last < rules.LAST_DAY else date.max


class SlutForm(Form):
    """When a role ends."""

    til = DateField("Første dag uden rollen", format=DATE_FORMATS, validators=[InputRequired("Vælg en dag.")])

    @property
    def day(self) -> date:
        """The day; the form is valid."""
        assert self.til.data is not None
        return self.til.data


class KatalogretForm(Form):
    """Whether a supervisor may change the organisation's catalogue."""

    retter_katalog = BooleanField(
        KATALOGRET, description="Det gælder også organisationens ord. Alt andet er som før."
    )


class KommuneloginForm(Form):
    """How an issuer names an organisation."""

    vaerdi = StringField(
        "Organisationens id hos udstederen",
        description="Fx tenant-id i Entra ID, eller CVR-nummer i Context Handler.",
    )
    opretter_personer = BooleanField("Opret nye personer ved første login")


class LoginregelForm(Form):
    """A claim that gives a role. `offer` must be called before the form is used."""

    vaerdi = StringField("Rolle eller gruppe, som udstederen sender")
    rolle = SelectField("Rolle her", choices=[(rolle, rules.ROLLE_NAVNE[rolle]) for rolle in LOGIN_ROLLER])
    team = SelectField("Team", coerce=_uuid_or_none, description="For medarbejder og teamleder.")

    def offer(self, teams: Iterable[Team]) -> None:
        """The organisation's teams."""
        self.team.choices = [(NOTHING, "Intet team"), *((row.id, row.navn) for row in teams)]


class EksternIdentitetForm(Form):
    """How a provider knows a person. `offer` must be called before the form is used."""

    issuer = SelectField("Udsteder")
    subject = StringField(
        "Personens id hos udstederen", description="Det, der aldrig skifter. Ikke e-mail eller brugernavn."
    )

    def offer(self, issuers: Iterable[str]) -> None:
        """The issuers of this installation."""
        self.issuer.choices = [(issuer, issuer) for issuer in issuers]


class UploadForm(Form):
    """The file with people."""

    fil = FileField("CSV-fil", validators=[FileRequired("Vælg en fil.")])


class ConfirmForm(Form):
    """The text that was previewed, to be read once more."""

    tekst = HiddenField()


class PasswordForm(Form):
    """A new password, twice. `username` is there for password managers and is not read."""

    adgangskode = PasswordField("Vælg en adgangskode")
    gentag = PasswordField("Skriv den igen")

    def check_twice(self) -> None:
        """Raises RuleBroken when the two are not the same."""
        if self.adgangskode.data != self.gentag.data:
            raise RuleBroken("De to adgangskoder er ikke ens.", "gentag")


class KodeForm(Form):
    """A code from the phone, or one on paper."""

    kode = StringField("Kode")


class OpretKodeForm(KodeForm):
    """The first code of a phone, with the secret that it is made of (encrypted and signed)."""

    hemmelighed = HiddenField()


class FjernForm(Form):
    """The password again, before something that guards the account is taken away."""

    adgangskode = PasswordField("Din adgangskode")


class BeskedForm(Form):
    """What one wants to be told by e-mail."""

    til = SelectMultipleField(
        "Send mig en e-mail, når …",
        choices=[(slags, ord.valg) for slags, ord in beskeder.SLAGS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
