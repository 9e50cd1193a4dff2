"""Handing an e-mail to the server that the settings name; knows nothing of what it says."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import urlsplit

from supervision.config import TLS_FROM_THE_START, MailSettings

TIMEOUT_S = 20


class NotTaken(Exception):
    """The server did not take the e-mail. for_good: it will not take it later either.

    answer: the kind of trouble with the server's code when it gave one. Never its words: they may hold an address.
    """

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        super().__init__(answer)
        self.answer = answer
        self.for_good = for_good


class NoServer(NotTaken):
    """There is no talking to the server now, whatever the e-mail."""


@contextmanager
def mail_server(settings: MailSettings, public_url: str) -> Iterator[smtplib.SMTP]:
    """An open and signed-in connection. Raises NoServer when there is none to be had.

    The server is told the name in `public_url`, not the name of this machine.
    """
    try:
        server = _open(settings, urlsplit(public_url).hostname or "localhost")
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        raise NoServer(_answer(problem)) from None
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Give the server one e-mail. Raises NotTaken when it says no, NoServer when it is gone."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _ in problem.recipients.values()]
        raise NotTaken(_answer(problem, codes[0]), for_good=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPDataError as problem:
        raise NotTaken(_answer(problem), for_good=problem.smtp_code >= 500) from None
    except (smtplib.SMTPNotSupportedError, UnicodeError) as problem:
        raise NotTaken(_answer(problem), for_good=True) from None
    except (OSError, smtplib.SMTPException) as problem:
        raise NoServer(_answer(problem)) from None


def _open(settings: MailSettings, own_name: str) -> smtplib.SMTP:
    host, port = settings.host, settings.port
    if port == TLS_FROM_THE_START:
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, own_name, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, port, own_name, timeout=TIMEOUT_S)
    try:
        if settings.starttls and settings.port != TLS_FROM_THE_START:
            server.starttls(context=ssl.create_default_context())
        if settings.user:
            server.login(settings.user, settings.password)
    except BaseException:
        server.close()
        raise
    return server


def _answer(problem: Exception, code: object = None) -> str:
    code = code or getattr(problem, "smtp_code", "")
    return f"{type(problem).__name__} {code}".strip()
