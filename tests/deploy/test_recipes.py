"""The recipes of `deploy/`: what they name is there, what they set is known, and one leads to an administrator.

systemd, Caddy and the container's steps are run by `test_machine`. IIS is only read, and no image is built.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from supervision import HOUSE
from supervision.cli import COMMANDS, command
from supervision.config import Settings
from supervision.maintenance.settings_table import DECLARED
from supervision.server import port_taken

DEPLOY = HOUSE / "deploy"
RECIPES = ("linux", "two-processes", "container", "windows")
INSTALLED = "/opt/supervision/.venv/bin/supervision"
PYTHON = [sys.executable, "-c", "from supervision.cli import main; main()"]
NAMES = {one.name for one in DECLARED}
KNOWN = set(COMMANDS)
PHRASE = "tre grønne cykler på taget"
TEN_MINUTES = 600


def wrong_command(words: list[str]) -> str:
    """What is wrong with `supervision …`, or nothing: an unknown command, or words that it does not take."""
    if not words or words[0] not in KNOWN:
        return f"there is no command {words[:1]}"
    found = command.get_command(None, words[0])  # type: ignore[arg-type]
    options = {name for one in found.params for name in one.opts} if found else set()
    strange = [word for word in words[1:] if word.startswith("--") and word not in options]
    return f"{words[0]} does not know {strange}" if strange else ""


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def settings_of(path: Path) -> dict[str, str]:
    """The settings of an env file, also those that stand behind a #."""
    lines = (line.removeprefix("#") for line in path.read_text(encoding="utf-8").splitlines())
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


SERVICES = sorted(DEPLOY.glob("*/*.service"))


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_starts_what_there_is(path: Path) -> None:
    service = unit(path)["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program == INSTALLED
    assert wrong_command(words) == ""
    assert (service["User"], service["UMask"]) == ("supervision", "0077")
    environment = path.parent / Path(service["EnvironmentFile"]).name
    writable = service["ReadWritePaths"].split()
    given = settings_of(environment)
    assert {given["SUPERVISION_INSTANCE"], given["BACKUP_DIR"]} == set(writable)
    if service["Type"] == "oneshot":
        timer = unit(path.with_suffix(".timer"))
        assert timer["Timer"]["OnCalendar"]


@pytest.mark.parametrize(
    "words", [["serv"], ["serve", "--prot", "8000"], ["udgiv-tal", "--hver-dag"], []], ids=str
)
def test_a_wrong_command_is_seen(words: list[str]) -> None:
    assert wrong_command(words)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in (*DEPLOY.glob("linux/*.service"), *DEPLOY.glob("linux/*.timer")):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8").replace(INSTALLED, sys.executable))
    template = (DEPLOY / "two-processes" / "supervision@.service").read_text(encoding="utf-8")
    (tmp_path / "supervision@8001.service").write_text(template.replace(INSTALLED, sys.executable))
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert verified(units) == ""
    broken = tmp_path / "supervision.service"
    broken.write_text(broken.read_text().replace("Restart=on-failure", "Restrat=on-failure"))
    assert "Restrat" in verified([str(broken)])


def verified(units: list[str]) -> str:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    return "\n".join(line for line in done.stderr.splitlines() if "supervision" in line)


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*/supervision.env")), ids=lambda path: path.parent.name)
def test_the_settings_are_known_and_can_be_used(path: Path, tmp_path: Path) -> None:
    given = settings_of(path)
    assert set(given) <= NAMES
    usable = {**given, "SUPERVISION_INSTANCE": str(tmp_path), "BACKUP_DIR": str(tmp_path / "kopier")}
    found = Settings.from_environment(tmp_path, usable)
    assert (found.cookie_secure, found.trusted_proxies) == (True, 1)
    assert found.mail is None or found.mail.starttls


def test_the_proxies_ask_where_the_product_listens() -> None:
    port = lambda path: re.findall(r"127\.0\.0\.1:(\d+)", path.read_text(encoding="utf-8"))  # noqa: E731
    started = shlex.split(unit(DEPLOY / "linux" / "supervision.service")["Service"]["ExecStart"])[-1]
    assert port(DEPLOY / "linux" / "Caddyfile") == [started]
    text = (DEPLOY / "two-processes" / "README.md").read_text(encoding="utf-8")
    ports = re.findall(r"supervision@(\d+)", text)
    assert port(DEPLOY / "two-processes" / "Caddyfile") == ports[:2]
    rules = ET.parse(DEPLOY / "windows" / "web.config").getroot().iter("rule")
    targets = [rule.find("action").get("url") for rule in rules]  # type: ignore[union-attr]
    assert f"http://127.0.0.1:{started}/{{R:1}}" in targets


def test_the_containers_are_made_of_what_there_is() -> None:
    folder = DEPLOY / "container"
    compose: dict[str, Any] = yaml.safe_load((folder / "compose.yml").read_text(encoding="utf-8"))
    for service in compose["services"].values():
        words = service.get("command", [])
        assert words[:1] != ["supervision"] or wrong_command(words[1:]) == ""
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert named <= set(compose["volumes"])
        assert set(service.get("depends_on", [])) <= set(compose["services"])
        if "build" in service:
            assert (folder / service["build"]["context"]).resolve() == HOUSE
            assert (HOUSE / service["build"]["dockerfile"]).is_file()
            assert set(service["environment"]) <= NAMES
    wanted = set(re.findall(r"\$\{([A-Z_]+)", (folder / "compose.yml").read_text(encoding="utf-8")))
    assert wanted == set(settings_of(folder / ".env.example"))
    recipe = (folder / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+)$", recipe, re.MULTILINE):
        assert all((HOUSE / source).exists() for source in line.split()[:-1])
    assert wrong_command(re.findall(r'"([^"]+)"', recipe.splitlines()[-1])[1:]) == ""
    assert set(re.findall(r"\b([A-Z_]+)=/var", recipe)) <= NAMES


@pytest.mark.parametrize("name", RECIPES)
def test_the_words_of_a_recipe_name_what_there_is(name: str) -> None:
    text = (DEPLOY / name / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:bin/supervision|system supervision|`supervision)[ ]([a-z-]+)", text)
    assert named
    assert set(named) <= KNOWN
    for path in re.findall(r"deploy/[\w./*@-]+[\w*]", text):
        assert list(HOUSE.glob(path)), path
    assert set(re.findall(r"\b((?:SMTP|BACKUP|COOKIE|PUBLIC|TRUSTED|DATABASE)_[A-Z]+)\b", text)) <= NAMES


@pytest.fixture
def linux(tmp_path: Path) -> dict[str, str]:
    """The environment of the Linux recipe, its paths moved into a folder of the test's; nothing else is changed."""
    given = {
        line.split("=", 1)[0]: line.split("=", 1)[1]
        for line in (DEPLOY / "linux" / "supervision.env").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    for name in ("SUPERVISION_INSTANCE", "BACKUP_DIR"):
        folder = tmp_path / given[name].lstrip("/")
        folder.mkdir(parents=True, mode=0o700)
        given[name] = str(folder)
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(HOUSE), "HOME": str(tmp_path), **given}


@pytest.fixture
def served(linux: dict[str, str]) -> Iterator[int]:
    """The ExecStart line of the recipe, run on a free port."""
    words = shlex.split(unit(DEPLOY / "linux" / "supervision.service")["Service"]["ExecStart"])[1:]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words[words.index("--port") + 1] = str(port)
    server = subprocess.Popen(
        [*PYTHON, *words], env=linux, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 90
    while not port_taken("127.0.0.1", port) and time.monotonic() < deadline:
        assert server.poll() is None
        time.sleep(0.1)
    yield port
    server.send_signal(signal.SIGINT)
    server.wait(timeout=30)


class Person:
    """Somebody at a browser behind the proxy, which has taken TLS off and says so."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, **fields: str) -> str:
        """The page at the end of the redirects. Fields are posted with the token of the page before."""
        body = urlencode({**fields, "csrf_token": self.token}) if fields else None
        for _ in range(5):
            status, location, text = self._once(path, body)
            if status not in (302, 303):
                assert status == 200, (path, status, text[:300])
                found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
                self.token = found[1] if found else ""
                return text
            path, body = re.sub(r"^https?://[^/]+", "", location), None
        raise AssertionError("redirected too often")

    def _once(self, path: str, body: str | None) -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {
            "Host": "feedback.example.dk",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"https://feedback.example.dk{path}",
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if body else "GET", path, body, headers)
        reply = connection.getresponse()
        for line in reply.headers.get_all("Set-Cookie", []):
            assert "Secure" in line
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        assert reply.headers["Strict-Transport-Security"], "the product knows that it is https"
        text = reply.read().decode()
        connection.close()
        return reply.status, reply.headers.get("Location", ""), text


@pytest.mark.wide
def test_from_nothing_to_a_signed_in_administrator(
    linux: dict[str, str], served: int, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    run = lambda *words, **more: subprocess.run(  # noqa: E731
        [*PYTHON, *words], env=linux, capture_output=True, text=True, check=False, **more
    )
    made = run("opret-administrator", input="Agnes Administrator\nagnes@example.dk\nJobcenter Prøve\n")
    assert made.returncode == 0, made.stderr
    link = re.search(r"/invitation/\S+", made.stdout)
    assert link is not None
    agnes = Person(served)
    assert ">Agnes</span></h1>" in agnes.ask(link[0])
    agnes.ask(link[0], adgangskode=PHRASE, gentag=PHRASE)
    agnes.ask("/log-ind")
    assert "Log ud" in agnes.ask("/log-ind", email="agnes@example.dk", password=PHRASE)
    assert any(name.startswith("__Host-") for name in agnes.cookies)
    assert run("sikkerhedskopi").returncode == 0
    said = run("tjek")
    assert (said.returncode, "fejl " in said.stdout) == (0, False), said.stdout
    took = time.monotonic() - began
    assert took < TEN_MINUTES
    record_property(
        "figure", f"recipe deploy/linux from the installed package to a signed-in administrator: {took:.0f} s"
    )
