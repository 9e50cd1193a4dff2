"""What is asked of the catalogue. Everything here stands in an address, so nothing carries a token."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField, StringField

from supervision.forms import Form
from supervision.katalog import rules

SOEG_MAX = 100
TITEL_MAX = 80


class _AddressForm(Form):
    class Meta(Form.Meta):
        csrf = False


class SoegForm(_AddressForm):
    """A text and the three choices; a word that is in no list is read as no choice."""

    soeg = StringField("Søg efter en metode eller et kendetegn")
    kategori = SelectField("Kategori")
    hvem = SelectField("Hvem den er til")
    kilde = SelectField("Kilde")

    @property
    def udvalg(self) -> rules.Udvalg:
        """The three choices as they were asked for."""
        return rules.Udvalg(
            kategori=_known(self.kategori.data, rules.KATEGORIER),
            hvem=_known(self.hvem.data, rules.FOR_HVEM),
            kilde=_known(self.kilde.data, rules.KILDE_VALG),
        )

    @property
    def tekst(self) -> str:
        """What was typed, cut where no search gets better by more."""
        return (self.soeg.data or "").strip()[:SOEG_MAX]

    def offer(self, antal: Mapping[str, Mapping[str, int]]) -> None:
        """Fill the three lists with their words and the number of methods behind each.

        The organisation's own are among the sources when there are any.
        """
        own = bool(antal["kilde"][rules.EGNE]) or self.kilde.data == rules.EGNE
        lists = {
            "kategori": rules.KATEGORIER,
            "hvem": rules.FOR_HVEM,
            "kilde": rules.KILDE_VALG if own else rules.KILDER,
        }
        for name, words in lists.items():
            counts = antal[name]
            self[name].choices = [
                ("", f"Alle ({counts['']})"),
                *((word, f"{label} ({counts[word]})") for word, label in words.items()),
            ]
            self[name].data = getattr(self.udvalg, name)


class GuideForm(_AddressForm):
    """The title of a supervisionsguide."""

    titel = StringField("Guidens titel")

    @property
    def navn(self) -> str:
        """The title, or what a guide is called without one."""
        return (self.titel.data or "").strip()[:TITEL_MAX] or "Supervisionsguide"


def _known(word: str | None, words: Mapping[str, str]) -> str:
    return word if word and word in words else ""
