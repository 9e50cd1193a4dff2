"""A real SMTP server on 127.0.0.1 that keeps what it is given, and that can be told to make trouble."""

from __future__ import annotations

import socketserver
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any

LINE = "line"
DROP = "DROP"


class Postkasse(socketserver.ThreadingTCPServer):
    """What came in. `says`: verb -> what is answered instead of yes, DROP to hang up (LINE: upon connecting).

    `slow_s`: how long every answer takes. `tls`: offered by STARTTLS when given.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.messages: list[EmailMessage] = []
        self.verbs: list[str] = []
        self.says: dict[str, str] = {}
        self.slow_s = 0.0
        self.tls: ssl.SSLContext | None = None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def take(self) -> list[EmailMessage]:
        """What has come in since the last time, by receiver."""
        found, self.messages = self.messages, []
        return sorted(found, key=lambda message: str(message["To"]))


@contextmanager
def postkasse() -> Iterator[Postkasse]:
    with Postkasse() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Talk(socketserver.StreamRequestHandler):
    server: Postkasse

    def handle(self) -> None:
        if not self._answer(LINE, "220 here"):
            return
        while line := self.rfile.readline():
            verb = line.split()[0].decode().upper()
            self.server.verbs.append(verb)
            if not self._one(verb):
                return

    def _one(self, verb: str) -> bool:
        """Answer one verb; False to hang up."""
        if verb == "EHLO":
            more = "250-STARTTLS\r\n" if self.server.tls else ""
            return self._answer(verb, f"250-here\r\n250-8BITMIME\r\n{more}250 AUTH PLAIN")
        if verb == "STARTTLS" and self.server.tls:
            return self._over_to_tls(self.server.tls)
        if verb == "DATA":
            return self._data()
        if verb == "QUIT":
            self._answer(verb, "221 bye")
            return False
        return self._answer(verb, "235 come in" if verb == "AUTH" else "250 yes")

    def _data(self) -> bool:
        if self.server.says.get("DATA"):
            return self._answer("DATA", "")
        self._write("354 go on")
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line.removeprefix(b".") if line.startswith(b"..") else line
        self.server.messages.append(message_from_bytes(body, policy=default))  # type: ignore[arg-type]
        return self._answer("BODY", "250 taken")

    def _over_to_tls(self, tls: ssl.SSLContext) -> bool:
        self._write("220 go on")
        try:
            self.connection: Any = tls.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            return False
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        return True

    def _answer(self, verb: str, yes: str) -> bool:
        time.sleep(self.server.slow_s)
        says = self.server.says.get(verb, yes)
        if says == DROP:
            return False
        try:
            self._write(says)
        except OSError:
            return False
        return True

    def _write(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()
