"""A machine of its own for the recipes: Debian's systemd, started in a container over this machine's own files.

What is written there lies in memory and is gone afterwards. Its apt knows of no newer packages, and finds what the
recipes ask for installed. It has no net but its own, so that the ports of the recipes
(80, 443, 8000) are free. Needs root, systemd-nspawn and what `.ci/run` installs; `missing()` says what is not there.
"""

from __future__ import annotations

import ctypes
import os
import pty
import re
import secrets
import select
import shutil
import signal
import socket
import ssl
import subprocess
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

PROGRAMS = ("systemd-nspawn", "unshare", "nsenter", "caddy", "sudo", "git", "pg_ctlcluster")
NAME = "feedback.localhost"
"""A name that Caddy signs itself, as no authority can be asked: the one thing a person must change in the recipe."""
EDITOR = (
    f"sed -i -e s/feedback.example.dk/{NAME}/g -e s/^SECRET_KEY=$/SECRET_KEY={secrets.token_urlsafe(48)}/"
)
"""The person's own words, where the recipe says that they are to be written."""
START = """
set -eu
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/tree"
mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/tree"
printf '127.0.0.1 %s\\n' "$2" >> "$1/tree/etc/hosts"
cp -r "$4" "$1/tree/srv/release"
rm -rf "$1"/tree/var/lib/apt/lists/*
exec systemd-nspawn --quiet --directory="$1/tree" --boot --private-network --register=no --keep-unit \\
  --link-journal=no --resolv-conf=off --timezone=off --console=pipe --machine="$3" systemd.unit=multi-user.target
"""
NEW_NET = 0x40000000
"""CLONE_NEWNET of setns(2)."""
PATIENCE_S = 90


def missing() -> str:
    """Why no such machine can be had here, or nothing."""
    if os.name != "posix" or os.geteuid() != 0:
        return "a machine of its own needs root"
    gone = [name for name in PROGRAMS if shutil.which(name) is None]
    if gone:
        return f"not installed: {', '.join(gone)}"
    tried = subprocess.run(["unshare", "--mount", "--net", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "no namespaces of one's own are allowed here"


class Machine:
    """Booted. `run` is a shell on it, `ask` a browser somewhere else."""

    def __init__(self, folder: Path, release: Path) -> None:
        name = f"recipe-{os.getpid()}"
        self._nspawn = subprocess.Popen(
            ["unshare", "--mount", "bash", "-c", START, "start", str(folder), NAME, name, str(release)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.pid = self._booted()
        self._root = ""

    def stop(self) -> None:
        """Pull the plug."""
        if self._nspawn.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
        self._nspawn.wait(timeout=PATIENCE_S)

    def run(self, script: str, *, net: bool = False, check: bool = True, typed: str | None = None) -> str:
        """What the script says. net: with this machine's own way out; typed: to a terminal, as a person would."""
        where = ["-t", str(self.pid), "-m", "-p", "-i", "-u", *([] if net else ["-n"])]
        command = ["nsenter", *where, "--", "/bin/bash", "-e", "-o", "pipefail", "-c", script]
        kept = {
            name: value
            for name, value in os.environ.items()
            if name.startswith("PIP_") or "proxy" in name.lower()
        }
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            "SUDO_EDITOR": EDITOR, "DEBIAN_FRONTEND": "noninteractive",
            "LANG": "C.UTF-8", **(kept if net else {}),
        }  # fmt: skip
        code, said = _typed(command, environment, typed) if typed else _told(command, environment)
        assert not check or code == 0, f"{script}\n{said}"
        return said

    def service(self, name: str, wanted: str) -> str:
        """One property of a unit, as systemd knows it."""
        return self.run(f"systemctl show --value -p {wanted} {name}").strip()

    def until(self, script: str, seconds: float = PATIENCE_S) -> float:
        """Seconds until the script succeeds. Raises AssertionError with the journal when it never does."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.run(f"({script}) >/dev/null 2>&1 && echo yes || echo no").strip() == "yes":
                return time.monotonic() - began
            time.sleep(0.2)
        raise AssertionError(f"{script}\n{self.run('journalctl -n 60 --no-pager', check=False)}")

    def connect(self, port: int, source: str = "127.0.0.5") -> socket.socket:
        """A connection to the machine from that address. Only the socket is made there; this thread comes back."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/thread-self/ns/net") as home, open(f"/proc/{self.pid}/ns/net") as there:
            assert libc.setns(there.fileno(), NEW_NET) == 0, os.strerror(ctypes.get_errno())
            try:
                made = socket.socket()
            finally:
                assert libc.setns(home.fileno(), NEW_NET) == 0
        made.settimeout(30)
        made.bind((source, 0))
        made.connect(("127.0.0.1", port))
        return made

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | str | None = None, port: int = 443,
        source: str = "127.0.0.5", headers: dict[str, str] | None = None,
    ) -> tuple[HTTPResponse, str]:  # fmt: skip
        """The answer and its text, from a browser at `source` that believes the proxy's own authority."""
        plain = self.connect(port, source)
        connection = HTTPConnection(NAME, timeout=30)
        connection.sock = self._trust().wrap_socket(plain, server_hostname=NAME) if port == 443 else plain
        connection.request(method, path, body, {"Host": NAME, **(headers or {})})
        reply = connection.getresponse()
        text = reply.read().decode("utf-8", "replace")
        connection.close()
        return reply, text

    def _trust(self) -> ssl.SSLContext:
        root = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
        self._root = self._root or self.run(f"cat {root}")
        return ssl.create_default_context(cadata=self._root)

    def _booted(self) -> int:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self._nspawn.poll() is not None:
                assert self._nspawn.stderr is not None
                raise AssertionError(self._nspawn.stderr.read())
            listed = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children").read_text().split()
            for pid in listed:
                self.pid = int(pid)
                state = self.run("systemctl is-system-running", check=False).strip()
                if re.fullmatch("running|degraded", state):
                    return int(pid)
            time.sleep(0.2)
        self._nspawn.kill()
        raise AssertionError("systemd did not come up")


def _told(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, timeout=1200,
    )  # fmt: skip
    return done.returncode, done.stdout


def _typed(command: list[str], environment: dict[str, str], typed: str) -> tuple[int, str]:
    """Each line is typed once the program has asked for it."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said, lines, deadline = b"", typed.splitlines(), time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 0.5)[0]:
            if running.poll() is not None:
                break
            continue
        try:
            said += os.read(ours, 4096)
        except OSError:
            break
        if lines and said.endswith(b": "):
            os.write(ours, lines.pop(0).encode() + b"\n")
    os.close(ours)
    return running.wait(timeout=30), said.decode("utf-8", "replace")
