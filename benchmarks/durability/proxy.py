"""A small proxy in front of several app processes: each request goes to the next one.

Who does not take the connection is passed over; a request that was sent is never sent to another, since it may be
stored.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

HOST = "127.0.0.1"
PATIENCE_S = 30
OWN_HOP = {"connection", "keep-alive", "transfer-encoding", "server", "date"}


class Proxy(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1 in a thread of its own. `served`: answers by the backend's port."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, backends: tuple[int, ...]) -> None:
        super().__init__((HOST, 0), _Handler)
        self.port: int = self.server_address[1]
        self.served = dict.fromkeys(backends, 0)
        self._turn = count()
        self._backends = backends
        Thread(target=self.serve_forever, daemon=True).start()

    def connect(self) -> HTTPConnection | None:
        """A connection to the next one that takes it; None when none does."""
        first = next(self._turn)
        for nr in range(len(self._backends)):
            port = self._backends[(first + nr) % len(self._backends)]
            connection = HTTPConnection(HOST, port, timeout=PATIENCE_S)
            with suppress(OSError):
                connection.connect()
                return connection
        return None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is not worth a word."""

    def end(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = self.server.connect()
        if connection is None:
            self._hang_up()
            return
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in OWN_HOP}
            headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
            connection.request(self.command, self.path, body, headers)
            reply = connection.getresponse()
            self._answer(reply, reply.read())
            self.server.served[connection.port] += 1
        except (OSError, HTTPException):
            self._hang_up()
        finally:
            connection.close()

    def _answer(self, reply: HTTPResponse, body: bytes) -> None:
        self.send_response_only(reply.status, reply.reason)
        for name, value in reply.getheaders():
            if name.lower() not in OWN_HOP and name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
