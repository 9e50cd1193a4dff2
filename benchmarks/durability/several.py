"""Two or more app processes on one database behind one proxy, killed one at a time or all at once."""

from __future__ import annotations

from random import Random
from time import monotonic, sleep

from supervision.server import port_taken

from .databases import Installation
from .proxy import HOST, Proxy
from .server import Server

LISTENS_WITHIN_S = 60
ALL_AT_ONCE = 0.25
"""How often all are killed and not one: then nothing answers until they are up again."""


class Several:
    """Like one `Server`: started, killed and started again. `port` is the proxy's."""

    def __init__(self, made: Installation, processes: int, bug: str = "", seed: int = 1) -> None:
        self._servers = [Server(made, bug) for _ in range(processes)]
        self._proxy = Proxy(tuple(server.port for server in self._servers))
        self._down: list[Server] = list(self._servers)
        self._chance = Random(seed)
        self.port = self._proxy.port

    @property
    def ports(self) -> list[int]:
        """Where its processes listen, behind the proxy."""
        return [server.port for server in self._servers]

    @property
    def served(self) -> list[int]:
        """How many requests each of them answered."""
        return list(self._proxy.served.values())

    def start(self) -> None:
        """Start whatever does not run, and wait until it listens, so that all of them share the work before the next
        kill."""
        for server in self._down:
            server.start()
        give_up = monotonic() + LISTENS_WITHIN_S
        while not all(port_taken(HOST, server.port) for server in self._down) and monotonic() < give_up:
            sleep(0.05)
        self._down = []

    def kill(self) -> None:
        """SIGKILL to one of them, now and then to all."""
        everyone = self._chance.random() < ALL_AT_ONCE
        self._down = list(self._servers) if everyone else [self._chance.choice(self._servers)]
        for server in self._down:
            server.kill()

    def end(self) -> None:
        """Kill all that is left, and the proxy."""
        for server in self._servers:
            server.kill()
        self._proxy.end()

    def last_words(self) -> str:
        """The end of what they wrote, all in one file."""
        return self._servers[0].last_words()
