"""From a good answer of a provider to the person it means: known, invited, or made now; and their roles."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from supervision import clock, history
from supervision.db import db
from supervision.personer.actions.adgang import end_all
from supervision.personer.actions.people import close_links
from supervision.personer.models import (
    BrugtLoginsvar,
    EksternIdentitet,
    Invitation,
    Kommunelogin,
    Person,
    Rolletildeling,
)
from supervision.personer.queries import find_person_by_email
from supervision.personer.queries.ekstern_login import (
    find_identitet,
    find_kommunelogin,
    find_kommunelogin_of,
    list_regler,
)
from supervision.personer.queries.invitations import find_invited
from supervision.personer.rules import ekstern_login as rules
from supervision.personer.rules.ekstern_login import Identitet, LoginAfvist, UkendtPerson


def admit(found: Identitet, *, invitation: str = "") -> Person:
    """The person whom the answer means, with the roles that it gives, and the answer used up.

    invitation: the token of an invitation that the browser came by. Raises UkendtPerson for somebody unknown, shut
    out or of another organisation, LoginAfvist for an answer that was used.
    """
    identitet = find_identitet(found.issuer, found.subject)
    if identitet is None:
        identitet = _invited(found, invitation) if invitation else _made(found)
    person = identitet.person
    if not person.active:
        raise UkendtPerson("lukket_ude")
    if identitet.organisation_id != person.organisation_id:
        raise UkendtPerson("flyttet")
    _check_organisation(found, person)
    _use_once(found, identitet)
    identitet.sidst_brugt_at = clock.now()
    match_roles(person, found)
    return person


def end_by_provider(found: Identitet) -> Person | None:
    """The provider has signed the person out: so do we, everywhere. None for somebody unknown here.

    Raises LoginAfvist for a message that was used.
    """
    identitet = find_identitet(found.issuer, found.subject)
    if identitet is None:
        return None
    _use_once(found, identitet)
    end_all(identitet.person)
    return identitet.person


def match_roles(person: Person, found: Identitet) -> None:
    """Give and take what the organisation's rules make of the claims, from today on."""
    today = clock.today()
    regler = list_regler(person.organisation_id)
    plan = rules.plan_roller(person.rolletildelinger, regler, found.vaerdier, today)
    for rolle in plan.slutter:
        rolle.til = today
        history.note("slut", rolle, by=None)
    db.session.flush()
    for ny in plan.gives:
        given = Rolletildeling(
            id=uuid4(),
            person_id=person.id,
            rolle=ny.rolle,
            team_id=ny.team_id,
            organisation_id=ny.organisation_id,
            fra=today,
            til=ny.til,
        )
        db.session.add(given)
        history.note("giv", given, by=None)
    db.session.flush()
    db.session.expire(person, ["rolletildelinger"])


def tie(person: Person, *, issuer: str, subject: str, by: Person | None) -> EksternIdentitet:
    """Let the provider's subject be this person. `by` None: the person's own sign-in did it.

    Raises UkendtPerson when the subject is another's, or the person is known by another subject there.
    """
    made = EksternIdentitet(
        id=uuid4(),
        organisation_id=person.organisation_id,
        person_id=person.id,
        issuer=issuer,
        subject=subject,
        oprettet_at=clock.now(),
        oprettet_af=by.id if by else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as problem:
        raise UkendtPerson("allerede_knyttet") from problem
    history.note("opret", made, by=by.id if by else person.id)
    return made


def _invited(found: Identitet, token: str) -> EksternIdentitet:
    """Tie the identity to whom the invitation is for, and use the invitation up."""
    opened = find_invited(token)
    if opened is None:
        raise UkendtPerson("invitation")
    invitation, person = opened
    _check_organisation(found, person)
    identitet = tie(person, issuer=found.issuer, subject=found.subject, by=None)
    db.session.execute(update(Invitation).where(Invitation.id == invitation.id).values(brugt_at=clock.now()))
    close_links(person)
    return identitet


def _made(found: Identitet) -> EksternIdentitet:
    """A new person of the organisation that the answer names, where it is allowed to make people."""
    hjemme = find_kommunelogin(found.issuer, found.organisation) if found.organisation else None
    if hjemme is None or not hjemme.opretter_personer:
        raise UkendtPerson("ukendt")
    email = rules.email_of(found)
    if (
        find_person_by_email(email) is not None
    ):  # Whoever has it may be somebody else: never tied by an e-mail.
        raise UkendtPerson("email_i_brug")
    person = Person(
        id=uuid4(), navn=rules.navn_of(found), email=email, organisation_id=hjemme.organisation_id
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as problem:
        raise UkendtPerson("email_i_brug") from problem
    history.note("opret", person, by=None)
    return tie(person, issuer=found.issuer, subject=found.subject, by=None)


def _check_organisation(found: Identitet, person: Person) -> None:
    """Where the organisation's own value is known, the answer must name it. Raises UkendtPerson."""
    hjemme: Kommunelogin | None = find_kommunelogin_of(person.organisation_id, found.issuer)
    if hjemme is not None and hjemme.vaerdi != found.organisation:
        raise UkendtPerson("anden_organisation")


def _use_once(found: Identitet, identitet: EksternIdentitet) -> None:
    now = clock.now()
    db.session.execute(delete(BrugtLoginsvar).where(BrugtLoginsvar.udloeber_at < now))
    mark = sha256(f"{found.issuer}\n{found.svar_id}".encode()).hexdigest()
    try:
        with db.session.begin_nested():
            db.session.add(
                BrugtLoginsvar(svar_hash=mark, identitet_id=identitet.id, udloeber_at=found.gyldig_til)
            )
    except IntegrityError as problem:
        raise LoginAfvist("brugt_svar") from problem
