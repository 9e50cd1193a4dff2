"""The e-mail that says that something waits: no names, no content, and the link to where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from supervision import clock

EMNE = "Der venter noget på dig i Kollegial supervision"
VALG = "/profil"
TEKST = """\
Hej

Der venter noget på dig i Kollegial supervision:

{linjer}

Log ind og se det her:
{adresse}/

Hvad det handler om, og hvem det er fra, skriver vi aldrig i en e-mail.

Du bestemmer selv, hvad du vil have e-mail om:
{adresse}{valg}#beskeder
"""


def besked_mail(
    *, to: str, sender: str, public_url: str, linjer: Sequence[str], ids: Iterable[UUID]
) -> EmailMessage:
    """One e-mail for all that waits. ids: of its notices; the same ones give the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    about = uuid5(NAMESPACE_URL, " ".join(sorted(str(id_) for id_ in ids)))
    message["From"] = sender
    message["To"] = to
    message["Subject"] = EMNE
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{about}@{urlsplit(public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Unsubscribe"] = f"<{public_url}{VALG}>"
    message["Content-Language"] = "da"
    lines = "\n".join(f"- {linje}" for linje in linjer)
    text = TEKST.format(linjer=lines, adresse=public_url, valg=VALG)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    return message
