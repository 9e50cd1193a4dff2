"""`supervision send-beskeder`: one round of e-mail, or one each minute."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from logging import WARNING
from smtplib import SMTP
from uuid import UUID

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from supervision import clock, create_app
from supervision.config import MailSettings, Settings
from supervision.db import db
from supervision.drift.events import log_event
from supervision.drift.jobs import note_success
from supervision.mail import NoServer, NotTaken, hand_over, mail_server
from supervision.overblik import actions
from supervision.overblik.formats.besked_mail import besked_mail
from supervision.overblik.queries.anledninger import Anledning, Noegle, list_anledninger
from supervision.personer.models import Person
from supervision.personer.rules import beskeder as rules
from supervision.problems import SettingsProblem

MINUTE_S = 60


@dataclass
class Runde:
    """How many e-mails went off, and how many will be tried again or were given up."""

    sendt: int = 0
    venter: int = 0
    opgivet: int = 0


@click.command("send-beskeder")
@click.option("--hvert-minut", is_flag=True, help="Bliv ved: én runde i minuttet, til du stopper den.")
def send_beskeder(hvert_minut: bool) -> None:
    """Send e-mail til dem, der venter noget på, og som vil have det at vide.

    Mellem kl. 18 og 7 og i weekenden sendes intet; det samles til næste hverdagsmorgen.
    """
    app = create_app()
    _say(send_round(app))
    while hvert_minut:
        time.sleep(MINUTE_S)
        try:
            _say(send_round(app))
        except OperationalError as problem:
            log_event("runde_sprunget_over", level=WARNING, fejl=problem)


def send_round(app: Flask) -> Runde:
    """Find what is new, and send what is due. Raises SettingsProblem when no e-mail server is given."""
    settings: Settings = app.extensions["settings"]
    if settings.mail is None:
        raise SettingsProblem("SMTP_HOST mangler. Uden den vises det, der venter, kun i systemet.")
    with app.app_context():
        try:
            runde = _round(settings, settings.mail)
        finally:
            db.session.remove()
    return runde


def _round(settings: Settings, mail: MailSettings) -> Runde:
    anledninger = list_anledninger()
    actions.fill_outbox(anledninger)
    due = actions.list_due()
    db.session.commit()
    runde = Runde()
    if not due:
        _note_done()
        return runde
    try:
        with mail_server(mail, settings.public_url) as server:
            for person_id in due:
                _send(person_id, server, settings, mail, anledninger, runde)
    except NoServer as problem:
        for person_id in due:
            _not_taken(_taken_out(person_id, anledninger), problem, runde)
    _note_done()
    return runde


def _note_done() -> None:
    note_success("send-beskeder")
    db.session.commit()


def _send(
    person_id: UUID,
    server: SMTP,
    settings: Settings,
    mail: MailSettings,
    anledninger: Mapping[Noegle, Anledning],
    runde: Runde,
) -> None:
    """One e-mail to one person. Raises NoServer when the server went away: then the others wait too."""
    tried = _taken_out(person_id, anledninger)
    if not tried:
        return
    antal = Counter((noegle[1], anledninger[noegle].dag) for noegle in tried.values())
    message = besked_mail(
        to=db.session.get_one(Person, person_id).email,
        sender=mail.sender,
        public_url=settings.public_url,
        linjer=rules.linjer(antal, clock.today()),
        ids=tried,
    )
    db.session.commit()  # nothing is held while the server is spoken to
    try:
        hand_over(server, message)
    except NoServer as problem:
        _not_taken(tried, problem, runde)
        raise
    except NotTaken as problem:
        _not_taken(tried, problem, runde)
        return
    actions.note_sent(tried)
    db.session.commit()
    runde.sendt += 1


def _taken_out(person_id: UUID, anledninger: Mapping[Noegle, Anledning]) -> dict[UUID, Noegle]:
    tried = actions.take_out(person_id, known=anledninger)
    db.session.commit()
    return tried


def _not_taken(tried: Collection[UUID], problem: NotTaken, runde: Runde) -> None:
    if not tried:
        return
    given_up = actions.note_failed(tried, for_good=problem.for_good)
    db.session.commit()
    for id_ in given_up:
        log_event("besked_opgivet", level=WARNING, besked=id_, svar=problem.answer)
    runde.opgivet += bool(given_up)
    runde.venter += len(given_up) < len(tried)


def _say(runde: Runde) -> None:
    if runde.sendt or runde.venter or runde.opgivet:
        click.echo(f"Sendt: {runde.sendt}. Prøves igen: {runde.venter}. Opgivet: {runde.opgivet}.")
