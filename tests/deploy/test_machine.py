"""The recipes for Linux and for two processes, word for word, on a machine of its own with real systemd and Caddy."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from machine import NAME, Machine, missing
from traffic import Somebody, Traffic

from supervision import HOUSE

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(bool(missing()), reason=missing() or "-"),
]
LINUX = (HOUSE / "deploy" / "linux" / "README.md").read_text(encoding="utf-8")
TWO = (HOUSE / "deploy" / "two-processes" / "README.md").read_text(encoding="utf-8")
PHRASE = "tre grønne cykler på taget"
TEN_MINUTES = 600
PORTS = (8001, 8002)
AGAIN_S = 3
"""Longer than the proxy takes to see that a process is there again."""


def steps(recipe: str, heading: str = "## Sådan gør du") -> list[str]:
    """The shell of each step under the heading, as it stands, less its indent."""
    part = recipe.split(heading, 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^( *)```sh\n(.*?)^ *```", part, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository that can be cloned."""
    folder = tmp_path_factory.mktemp("release")
    script = f"""
      git -C {HOUSE} ls-files -z -co --exclude-standard | (cd {HOUSE} && xargs -0 cp --parents -t {folder})
      cd {folder} && git init -q && git add -A
      git -c user.name=x -c user.email=x@example.dk commit -qm release"""
    subprocess.run(["bash", "-ec", script], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, release: Path) -> Iterator[Machine]:
    made = Machine(tmp_path_factory.mktemp("machine"), release)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def installed(machine: Machine) -> float:
    """Steps 1 to 3. Returns the seconds they took."""
    asked = "cd /tmp && python3 -m venv x && x/bin/pip download -q --no-deps --retries 1 segno==1.6.6 && echo answers"
    if "answers" not in machine.run(asked, net=True, check=False):
        pytest.skip("no package index answers from here")
    began = time.monotonic()
    packages, program, folders = steps(LINUX)[:3]
    machine.run(packages)
    machine.run(program.replace("ADRESSEN", "file:///srv/release"), net=True)
    machine.run(f"cd /opt/supervision\n{folders}")
    return time.monotonic() - began


def make_administrator(machine: Machine) -> Somebody:
    """Step 5 of the recipe, and its link followed to the end."""
    said = machine.run(
        f"cd /opt/supervision\n{steps(LINUX)[4]}",
        typed="Agnes Administrator\nagnes@example.dk\nJobcenter Prøve\n",
    )
    link = re.search(r"/invitation/\S+", said)
    assert link is not None, said
    agnes = Somebody(machine)
    agnes.ask(link[0])
    agnes.ask(link[0], adgangskode=PHRASE, gentag=PHRASE)
    agnes.ask("/log-ind")
    assert "Log ud" in agnes.ask("/log-ind", email="agnes@example.dk", password=PHRASE)
    return agnes


@pytest.mark.gate("H1")
def test_the_recipe_for_one_linux_machine(
    machine: Machine, installed: float, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    machine.run(f"cd /opt/supervision\n{steps(LINUX)[3]}")
    machine.until("curl -sf http://127.0.0.1:8000/klar")
    agnes = make_administrator(machine)
    assert any(name.startswith("__Host-") for name in agnes.cookies), agnes.cookies
    said = machine.run(f"cd /opt/supervision\n{steps(LINUX)[5]}", typed="-")
    assert "fejl " not in said, said
    took = installed + time.monotonic() - began
    assert took < TEN_MINUTES
    assert (
        machine.run("cd /opt/supervision && .venv/bin/pip check").strip() == "No broken requirements found."
    )
    record_property(
        "figure",
        f"deploy/linux word for word under systemd and Caddy, packages with hashes: {took:.0f} s to a signed-in "
        f"administrator, {installed:.0f} s of it installing; left out: apt's download and a public certificate",
    )
    for check in (the_outside_sees_what_it_should, nobody_chooses_their_own_address, the_jobs_do_their_work,
                  systemd_keeps_it_in_and_up, nothing_secret_in_the_journal):  # fmt: skip
        check(machine)


def the_outside_sees_what_it_should(machine: Machine) -> None:
    moved, _ = machine.ask("/log-ind?a=1", port=80)
    assert (moved.status, moved.headers["Location"]) == (308, f"https://{NAME}/log-ind?a=1")
    for path, status in (
        ("/sundhed", 200),
        ("/klar", 200),
        ("/log-ind", 200),
        ("/findes-ikke", 404),
        ("/maalinger", 404),
    ):
        reply, _text = machine.ask(path)
        assert reply.status == status, path
        assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Cache-Control"] == "no-store"
        assert "Granian" not in reply.headers.get("Server", "")
    assert "supervision_" in machine.run("curl -sf http://127.0.0.1:8000/maalinger")
    large, text = machine.ask("/log-ind", method="POST", body=b"x" * 3_000_000)
    assert large.status == 413, text
    assert "1 MB" in text
    listening = machine.run("ss -Hltn 'sport = :8000' | awk '{print $4}'").split()
    assert listening == ["127.0.0.1:8000"], "only the proxy reaches it"


def guesses(machine: Machine, source: str, count: int) -> int:
    """The last answer to so many wrong guesses at a secret address, each said to come from somewhere else."""
    status = 0
    for number in range(count):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
        status = machine.ask(f"/invitation/gaet-{number}", source=source, headers=forged)[0].status
    return status


def nobody_chooses_their_own_address(machine: Machine) -> None:
    assert guesses(machine, "127.0.0.11", 31) == 429
    assert guesses(machine, "127.0.0.12", 1) == 404, "another address does not have to wait"
    believed = "reverse_proxy 127.0.0.1:8000 {\\n header_up X-Forwarded-For {http.request.header.X-Forwarded-For}\\n}"
    machine.run(f"cp /etc/caddy/Caddyfile /srv/; sed -i 's/reverse_proxy.*/{believed}/' /etc/caddy/Caddyfile")
    machine.run("systemctl reload caddy")
    assert guesses(machine, "127.0.0.13", 31) == 404, "planted: a proxy that passes on what the caller says"
    machine.run("cp /srv/Caddyfile /etc/caddy/Caddyfile; systemctl reload caddy")


def the_jobs_do_their_work(machine: Machine) -> None:
    for job in ("sikkerhedskopi", "udgiv-tal", "ryd-op", "tjek"):
        machine.run(f"systemctl start supervision-{job}.service")
        assert machine.service(f"supervision-{job}.service", "Result") == "success"
        if job != "tjek":
            assert machine.service(f"supervision-{job}.timer", "ActiveState") == "active"
    listed = machine.run(
        "stat -c '%U %a %n' /var/backups/supervision /var/backups/supervision/*"
    ).splitlines()
    assert listed[0].startswith("supervision 700 ")
    assert all(line.startswith("supervision 600 ") for line in listed[1:])
    assert len(listed) >= 2
    assert (
        machine.run("stat -c '%U:%G %a' /etc/supervision/supervision.env").strip() == "root:supervision 640"
    )


def systemd_keeps_it_in_and_up(machine: Machine) -> None:
    units = "/etc/systemd/system/supervision*.service /etc/systemd/system/supervision*.timer"
    assert "supervision" not in machine.run(f"systemd-analyze verify --man=no {units} 2>&1")
    for unit in machine.run("ls /etc/systemd/system/ | grep 'supervision.*service$'").split():
        said = machine.run(f"systemd-analyze security --no-pager {unit} | tail -1")
        level = re.search(r"([\d.]+) (OK|MEDIUM|EXPOSED|UNSAFE)", said)
        assert level is not None, said
        assert float(level[1]) <= 2.5, said
    before = machine.service("supervision", "MainPID")
    machine.run(f"kill -KILL {before}")
    assert machine.until("curl -sf http://127.0.0.1:8000/klar") < 60
    assert machine.service("supervision", "MainPID") != before


def nothing_secret_in_the_journal(machine: Machine) -> None:
    """While the product is down the proxy says so, and tells nobody which address was asked for."""
    machine.run("systemctl stop supervision")
    assert machine.ask("/invitation/kanarie-1")[0].status == 502
    assert "kanarie" not in machine.run("journalctl --no-pager")
    machine.run("sed -i /http.log.error/d /etc/caddy/Caddyfile; systemctl reload caddy")
    assert machine.ask("/invitation/kanarie-2")[0].status == 502
    assert "kanarie-2" in machine.run("journalctl --no-pager"), "planted: the proxy logs what went wrong"


def test_the_recipe_for_two_processes(
    machine: Machine, installed: float, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    machine.run(
        "systemctl disable --now supervision.service; rm -f /etc/systemd/system/supervision.service",
        check=False,
    )
    for step in steps(TWO, "# To processer"):
        machine.run(f"cd /opt/supervision\n{step}")
    for port in PORTS:
        machine.until(f"curl -sf http://127.0.0.1:{port}/klar")
    agnes = make_administrator(machine)
    took = time.monotonic() - began
    assert all("Log ud" in agnes.ask("/profil") for _ in range(10)), "both know her"
    assert min(requests_of(machine, port) for port in PORTS) > 0, "both are asked"
    traffic = Traffic(machine, agnes)
    one_at_a_time_is_gone(machine, traffic)
    lost = traffic.nothing_is_lost_or_doubled()
    for port in PORTS:
        assert "supervision" not in machine.run(
            f"systemd-analyze verify --man=no supervision@{port}.service 2>&1"
        )
    record_property(
        "figure",
        f"deploy/two-processes word for word after steps 1 to 3 of deploy/linux: {took:.0f} s to an administrator; "
        f"each process killed once and stopped once: {lost}",
    )
    machine.run("systemctl stop supervision@8001 supervision@8002")
    assert machine.ask("/invitation/kanarie-3")[0].status in (502, 503)
    assert "kanarie-3" not in machine.run("journalctl --no-pager")


def requests_of(machine: Machine, port: int) -> float:
    said = machine.run(f"curl -sf http://127.0.0.1:{port}/maalinger")
    return sum(
        float(number) for number in re.findall(r'requests_total\{endpoint="personer[^}]*\} ([\d.]+)', said)
    )


def one_at_a_time_is_gone(machine: Machine, traffic: Traffic) -> None:
    """Each process is killed, and systemd starts it again; then it is stopped and started, as for a new version."""
    with traffic:
        for port in PORTS:
            unit, ready = f"supervision@{port}", f"curl -sf http://127.0.0.1:{port}/klar"
            pid = machine.service(unit, "MainPID")
            traffic.strike(f"kill -KILL {pid}")
            machine.until(f"[ $(systemctl show --value -p MainPID {unit}) != {pid} ] && {ready}")
            time.sleep(AGAIN_S)
            traffic.strike(f"systemctl stop {unit}")
            time.sleep(AGAIN_S)
            machine.run(f"systemctl start {unit}")
            machine.until(ready)
            time.sleep(AGAIN_S)


CONTAINER = """
mkdir -p /run/image/etc /run/image/opt /opt /var/lib/supervision /var/backups/supervision
cp -a /etc/. /run/image/etc
sed -i /^supervision:/d /run/image/etc/passwd /run/image/etc/group /run/image/etc/shadow
mount --bind /run/image/etc /etc
mount --bind /run/image/opt /opt
mount -t tmpfs none /var/lib/supervision
mount -t tmpfs none /var/backups/supervision
{made}
nsenter --net=/proc/1/ns/net {start} > /run/image/said 2>&1 < /dev/null &
"""
"""A place of its own for what the image would hold; the product of the other recipes is out of sight there."""


def image_steps(recipe: str) -> tuple[str, str]:
    """(what the Containerfile does, how its command is started), as shell for a machine without containers."""
    whole = re.sub(r"\s*\\\n\s*", " ", recipe)
    named = [line.split(" ", 1) for line in whole.splitlines() if line and not line.startswith("#")]
    place = dict(named)
    made = [f"mkdir -p {place['WORKDIR']}; cd {place['WORKDIR']}"]
    for word, rest in named:
        if word == "COPY":
            *sources, target = rest.split()
            folder = " ".join(f"/srv/release/{one}" + ("/." if target != "./" else "") for one in sources)
            made.append(f"mkdir -p {target}; cp -r {folder} {target}")
        elif word == "RUN":
            made.append(f"({rest})")
    environment = place["ENV"].replace("$PATH", "/usr/bin:/bin")
    return "\n".join(
        made
    ), f"runuser -u {place['USER']} -- env -i {environment} {' '.join(json.loads(place['CMD']))}"


def test_what_the_containerfile_does(machine: Machine, installed: float) -> None:
    """Its own steps, and its own command as its own user. No image is built: there is no base to be had here."""
    machine.run("systemctl stop supervision supervision@8001 supervision@8002", check=False)
    made, start = image_steps((HOUSE / "deploy" / "container" / "Containerfile").read_text(encoding="utf-8"))
    script = CONTAINER.format(made=made, start=start)
    machine.run(
        f"cat > /run/image.sh <<'END'\n{script}\nEND\nunshare --mount bash -eu /run/image.sh", net=True
    )
    machine.until("curl -sf http://127.0.0.1:8000/klar")
    assert machine.ask("/was", port=8000)[0].status == 200
    assert machine.ask("/licenser", port=8000)[0].status == 200
    assert machine.run("ps -o uid= -C supervision | sort -u").split() == ["10001"]
    machine.run("pkill -x supervision")
