"""Writing the frame of a quarter, and asking those who take part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select, update

from supervision import clock, history
from supervision.db import db
from supervision.overblik import rules
from supervision.overblik.models import Opfoelgning, Skema, SkemaDeltager, SkemaHindring, SkemaMetode
from supervision.overblik.queries import find_aabent, list_metoder_at_spoerge_til
from supervision.personer.models import Person, Rolletildeling, Team
from supervision.personer.rules import MEDARBEJDER, TEAMLEDER
from supervision.problems import NotAllowed, RuleBroken

SOMEBODY_ELSE = "En anden har gemt, mens du skrev. Kopiér dit eget, hent siden igen, og skriv det ind dér."


def write_ramme(
    team: Team, kvartal: rules.Kvartal, *, tekster: Mapping[str, str], seen: int, by: Person
) -> Opfoelgning:
    """Write the frame. seen: `udgave` of the one on the screen, 0 when there was none.

    Raises RuleBroken when somebody has written another since, NotAllowed.
    """
    _check_leads(team, by)
    cleaned = rules.check_ramme(tekster)
    row = db.session.scalar(
        select(Opfoelgning).filter_by(team_id=team.id, aar=kvartal.aar, nr=kvartal.nr).with_for_update()
    )
    if (row.udgave if row else 0) != seen:
        raise RuleBroken(SOMEBODY_ELSE)
    if row is None:
        row = Opfoelgning(team_id=team.id, aar=kvartal.aar, nr=kvartal.nr, udgave=0)
        db.session.add(row)
    for felt, tekst in cleaned.items():
        setattr(row, felt, tekst)
    row.udgave, row.skrevet_at, row.skrevet_af = row.udgave + 1, clock.now(), by.id
    db.session.flush()
    history.note("skrev_opfoelgning", row, by=by.id)
    return row


def open_skema(team: Team, *, metoder: Collection[str], by: Person) -> Skema:
    """Ask those who work in the team today. Raises RuleBroken, NotAllowed."""
    _check_leads(team, by)
    if find_aabent(team) is not None:
        raise RuleBroken("Der er allerede et skema åbent. Luk det først.")
    chosen = rules.check_metoder(metoder, list_metoder_at_spoerge_til(team.organisation))
    people = _medarbejdere(team)
    if len(people) < rules.K:
        raise RuleBroken("Teamet er for lille: der skal mindst fem svar til, før noget kan vises.")
    skema = Skema(
        team_id=team.id,
        aabnet_at=clock.now(),
        aabnet_af=by.id,
        metoder=[SkemaMetode(kode=kode, navn=navn, plads=nr) for nr, (kode, navn) in enumerate(chosen)],
        hindringer=[SkemaHindring(kode=kode, plads=nr) for nr, kode in enumerate(rules.HINDRINGER)],
        deltagere=[SkemaDeltager(person_id=person_id) for person_id in sorted(people, key=str)],
    )
    db.session.add(skema)
    db.session.flush()
    history.note("aabnede_skema", skema, by=by.id)
    return skema


def answer_skema(skema: Skema, *, valg: Mapping[str, str], hindringer: Collection[str], by: Person) -> None:
    """Add one answer to the sums, and tick that this person has answered; no history, as that would have a time.

    valg: method -> one of VALG. Raises RuleBroken when it is closed or answered already.
    """
    if skema.lukket_at is not None:
        raise RuleBroken("Skemaet er lukket. Der kan ikke svares mere.")
    rules.check_svar(valg, hindringer, [one.kode for one in skema.metoder])
    ticked = db.session.execute(
        update(SkemaDeltager)
        .where(
            SkemaDeltager.skema_id == skema.id,
            SkemaDeltager.person_id == by.id,
            SkemaDeltager.har_svaret.is_(False),
        )
        .values(har_svaret=True)
    )
    if ticked.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("Du har allerede svaret. Svaret kan ikke rettes: ingen ved, hvilket der er dit.")
    for kode, chosen in valg.items():
        counted = getattr(SkemaMetode, chosen)
        db.session.execute(
            update(SkemaMetode)
            .where(SkemaMetode.skema_id == skema.id, SkemaMetode.kode == kode)
            .values({counted: counted + 1})
        )
    db.session.execute(
        update(SkemaHindring)
        .where(SkemaHindring.skema_id == skema.id, SkemaHindring.kode.in_(set(hindringer)))
        .values(antal=SkemaHindring.antal + 1)
    )


def close_skema(skema: Skema, *, by: Person) -> None:
    """From now on nobody answers, and what five have answered is shown. Closed already: nothing."""
    if skema.lukket_at is None:
        skema.lukket_at = clock.now()
        db.session.flush()
        history.note("lukkede_skema", skema, by=by.id)


def _check_leads(team: Team, by: Person) -> None:
    if team.id not in by.team_ids(TEAMLEDER):
        raise NotAllowed


def _medarbejdere(team: Team) -> set[UUID]:
    today = clock.today()
    roller = db.session.scalars(
        select(Rolletildeling).where(Rolletildeling.team_id == team.id, Rolletildeling.rolle == MEDARBEJDER)
    )
    return {one.person_id for one in roller if one.fra <= today and (one.til is None or today < one.til)}
