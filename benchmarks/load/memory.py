"""The memory of the server's processes, read again and again while it works."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from statistics import median
from threading import Event, Thread

EVERY_S = 10.0
ENOUGH = 12
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Memory(Thread):
    """megabytes: of all processes that serve on the ports, every ten seconds."""

    def __init__(self, ports: list[int]) -> None:
        super().__init__(daemon=True)
        self.megabytes: list[float] = []
        self._ports = ports
        self._over = Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self._over.wait(EVERY_S):
            self.megabytes.append(round(sum(map(resident_of, self._ports)) / 1e6, 1))

    def stop(self) -> None:
        """Read no more."""
        self._over.set()
        self.join()

    def growth(self) -> float | None:
        """The last fifth against the second fifth (the first is for warming up); None of too few."""
        fifth = len(self.megabytes) // 5
        if len(self.megabytes) < ENOUGH:
            return None
        return round(median(self.megabytes[-fifth:]) / median(self.megabytes[fifth : 2 * fifth]), 3)


def resident_of(port: int) -> int:
    """Bytes in memory of the processes of the server on this port."""
    wanted = [b"benchmarks.durability.server", str(port).encode()]
    found = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if all(word in words for word in wanted):
                found += int((folder / "statm").read_text().split()[1]) * PAGE_BYTES
    return found
