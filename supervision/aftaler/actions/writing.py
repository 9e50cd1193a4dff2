"""Writing a step into a kontrakt, with the words that it keeps."""

from __future__ import annotations

from uuid import UUID

from supervision import clock
from supervision.aftaler import rules
from supervision.aftaler.models import FeedbackKontrakt, Fokuspunkt, KontraktKendetegn
from supervision.db import db
from supervision.katalog.queries import katalog_of
from supervision.katalog.queries.principper import list_principper
from supervision.laeringspil.queries import list_kendte_linjer
from supervision.personer.models import Person


def known_koder(kontrakt: FeedbackKontrakt) -> set[str]:
    """What can be ticked while a samtale runs, as the kontrakt's organisation has the catalogue.

    The methods about the colleagues themselves are among them.
    """
    return set(katalog_of(kontrakt.organisation_id).live)


def known_principper(kontrakt: FeedbackKontrakt) -> dict[UUID, str]:
    """Id -> words of the principles that the kontrakt's focus can be about, in the organisation's order."""
    in_use = [(princip.id, princip.tekst) for princip in list_principper(kontrakt.organisation_id)]
    return rules.principper_at_vaelge(in_use, kontrakt.fokuspunkter)


def known_linjer(kontrakt: FeedbackKontrakt, by: Person | None) -> set[UUID]:
    """The lines that a focus can come from: those that stand there, and the fokusperson's own when they write."""
    stands = {punkt.linje_id for punkt in kontrakt.fokuspunkter if punkt.linje_id}
    if by is None or by.id != kontrakt.fokusperson_id:
        return stands
    return stands | set(list_kendte_linjer(viewer=by))


def write_trin(
    kontrakt: FeedbackKontrakt, trin: rules.Trin, words_of: FeedbackKontrakt | None = None
) -> None:
    """Put a step in place of what stood. words_of: the kontrakt whose agreed words stay, this one without it."""
    if isinstance(trin, rules.SamtaleTrin):
        _write_samtalen(kontrakt, trin)
    elif isinstance(trin, rules.FokusTrin):
        _write_fokus(kontrakt, trin, words_of or kontrakt)
    elif isinstance(trin, rules.KendetegnTrin):
        _write_kendetegn(kontrakt, trin, words_of or kontrakt)
    else:
        kontrakt.udenfor, kontrakt.plads = trin.udenfor, trin.plads
        kontrakt.praesentation, kontrakt.borger_ja = trin.praesentation, trin.borger_ja
        kontrakt.fortolkning_tilladt = trin.fortolkning_tilladt
        kontrakt.gode_raad_tilladt = trin.gode_raad_tilladt
        kontrakt.feedback_hvornaar, kontrakt.feedback_min = trin.feedback_hvornaar, trin.feedback_min


def _write_samtalen(kontrakt: FeedbackKontrakt, trin: rules.SamtaleTrin) -> None:
    samtale = kontrakt.samtale
    samtale.type, samtale.form = trin.type, trin.form
    samtale.starter_at = clock.from_local(trin.dato, trin.tid)
    samtale.laengde_min, samtale.sted, samtale.forloeb_nr = trin.laengde_min, trin.sted, trin.forloeb_nr
    kontrakt.slags, kontrakt.parter = trin.slags, list(trin.parter)
    kontrakt.maal, kontrakt.redskaber, kontrakt.bidrag = trin.maal, trin.redskaber, trin.bidrag


def _write_fokus(kontrakt: FeedbackKontrakt, trin: rules.FokusTrin, words_of: FeedbackKontrakt) -> None:
    """A principle that stood keeps the words it was agreed with; a new one has the organisation's."""
    words = known_principper(words_of) if trin.principper else {}
    kontrakt.fokuspunkter.clear()
    db.session.flush()
    for nr, ((tekst, princip), (_, linje)) in enumerate(zip(trin.pairs(), trin.med_linjer(), strict=True), 1):
        about = words[princip] if princip else None
        kontrakt.fokuspunkter.append(
            Fokuspunkt(nr=nr, tekst=tekst, princip_id=princip, princip_tekst=about, linje_id=linje)
        )


def _write_kendetegn(
    kontrakt: FeedbackKontrakt, trin: rules.KendetegnTrin, words_of: FeedbackKontrakt
) -> None:
    """Those that stood keep the words they were agreed with; new ones, and a skabelon taken anew, the catalogue's."""
    katalog = katalog_of(kontrakt.organisation_id)
    taken = (trin.skabelon, trin.skabelon_version) != (words_of.skabelon, words_of.skabelon_version)
    words = {} if taken else {tegn.kode: (tegn.kort, tegn.tekst) for tegn in words_of.kendetegn}
    kontrakt.kendetegn.clear()
    db.session.flush()  # the old rows leave first: a kode stands once in a kontrakt
    for nr, kode in enumerate(trin.koder, 1):
        kort, tekst = words.get(kode) or (katalog.navn(kode), katalog.tekst(kode))
        kontrakt.kendetegn.append(KontraktKendetegn(nr=nr, kode=kode, kort=kort, tekst=tekst))
    kontrakt.gm_variant, kontrakt.gm_version = trin.gm_variant, trin.gm_version or 1
    kontrakt.skabelon, kontrakt.skabelon_version = trin.skabelon, trin.skabelon_version
