"""The settings of the environment: what e-mail needs, and what is refused at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervision.config import MailSettings, Settings
from supervision.problems import SettingsProblem

WHOLE = {
    "PUBLIC_URL": "https://feedback.eksempel.dk/",
    "SMTP_HOST": "mail.eksempel.dk",
    "MAIL_FROM": "Kollegial supervision <nej@eksempel.dk>",
}


def read(folder: Path, **environ: str) -> Settings:
    return Settings.from_environment(folder, environ)


def test_without_a_server_no_e_mail_is_sent(tmp_path: Path) -> None:
    found = read(tmp_path, MAIL_FROM="x", SMTP_PORT="nej")
    assert (found.mail, found.public_url) == (None, "")


def test_the_defaults_are_the_safe_ones(tmp_path: Path) -> None:
    found = read(tmp_path, **WHOLE)
    assert found.public_url == "https://feedback.eksempel.dk"
    assert found.mail == MailSettings("mail.eksempel.dk", 587, WHOLE["MAIL_FROM"], starttls=True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"PUBLIC_URL": ""}, "PUBLIC_URL mangler"),
        ({"PUBLIC_URL": "feedback.eksempel.dk"}, "PUBLIC_URL skal være"),
        ({"PUBLIC_URL": "https://feedback.eksempel.dk/sti"}, "PUBLIC_URL skal være"),
        ({"PUBLIC_URL": "javascript:alert(1)"}, "PUBLIC_URL skal være"),
        ({"MAIL_FROM": ""}, "MAIL_FROM skal være"),
        ({"MAIL_FROM": "ingen"}, "MAIL_FROM skal være"),
        ({"MAIL_FROM": "nej@eksempel.dk\nBcc: alle@eksempel.dk"}, "MAIL_FROM skal være"),
        ({"WAS_KONTAKT": "ring til os"}, "WAS_KONTAKT skal være"),
        ({"WAS_KONTAKT": "javascript:alert(1)@<x>"}, "WAS_KONTAKT skal være"),
        ({"SMTP_PORT": "0"}, "SMTP_PORT skal være"),
        ({"SMTP_PORT": "587x"}, "SMTP_PORT skal være"),
        ({"SMTP_STARTTLS": "måske"}, "SMTP_STARTTLS skal være"),
        ({"SMTP_USER": "u", "SMTP_STARTTLS": "nej"}, "krypteret forbindelse"),
    ],
)
def test_what_cannot_work_is_refused_with_its_name(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsProblem, match=said):
        read(tmp_path, **{**WHOLE, **wrong})


def test_a_password_may_go_in_the_open_to_this_machine_only(tmp_path: Path) -> None:
    here = {**WHOLE, "SMTP_HOST": "127.0.0.1", "SMTP_USER": "u", "SMTP_STARTTLS": "nej"}
    found = read(tmp_path, **here).mail
    assert found is not None
    assert found.user == "u"
    inside = read(tmp_path, **{**here, "SMTP_HOST": "mail.eksempel.dk", "SMTP_PORT": "465"}).mail
    assert inside is not None
    assert inside.port == 465
