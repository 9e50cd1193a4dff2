"""Fifty connections that ask again as soon as they are answered, from one thread, so that little is spent on asking."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .durability.server import HOST

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"
GIVE_UP_S = 30.0


@dataclass
class Told:
    """What one spell came to. times: seconds of each answer; statuses: how many of each, 0 for a broken connection."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers of 2xx a second."""
        return sum(count for status, count in self.statuses.items() if 200 <= status < 300) / self.seconds


def request_of(path: str, body: bytes, cookie: str = "") -> bytes:
    """A POST as it goes over the wire."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}",
        "Content-Type: application/json",
        "X-Supervision: 1",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join(lines).encode() + END + body


class _Connection:
    def __init__(self, port: int, ask: Callable[[], bytes]) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ask, self._got, self._asked = ask, b"", 0.0

    def ask(self) -> None:
        self._got, self._asked = b"", time.perf_counter()
        self.socket.sendall(self._ask())

    def read(self) -> tuple[int, float] | None:
        """Status and seconds when the answer is whole; status 0 when the other end hung up."""
        part = self.socket.recv(65536)
        if not part:
            return 0, time.perf_counter() - self._asked
        self._got += part
        head, found, body = self._got.partition(END)
        length = LENGTH.search(head) if found else None
        if not found or len(body) < int(length[1] if length else 0):
            return None
        return int(head[9:12]), time.perf_counter() - self._asked


def ask_for(seconds: float, port: int, asks: list[Callable[[], bytes]]) -> Told:
    """A connection for each of `asks`, which gives its next request. What is under way at the end is waited for."""
    told = Told()
    with selectors.DefaultSelector() as selector:
        connections = [_Connection(port, ask) for ask in asks]
        for one in connections:
            selector.register(one.socket, selectors.EVENT_READ, one)
        began = time.perf_counter()
        for one in connections:
            one.ask()
        open_ = len(connections)
        while open_ and time.perf_counter() < began + seconds + GIVE_UP_S:
            for key, _ in selector.select(1.0):
                answer = key.data.read()
                if answer is None:
                    continue
                told.statuses[answer[0]] += 1
                told.times.append(answer[1])
                if answer[0] and time.perf_counter() < began + seconds:
                    key.data.ask()
                    continue
                selector.unregister(key.fileobj)
                key.data.socket.close()
                open_ -= 1
        told.seconds = time.perf_counter() - began
        told.statuses[0] += open_
    return told
