"""The file of a backup: three parts, so that it can be opened without this product.

1. two lines: the name of the format, and the manifest as JSON;
2. the data, compressed by gzip: a whole SQLite file, or the tables of PostgreSQL as COPY writes them;
3. a line with the sha256 of everything before it. One byte less, or another, and the file is refused.

`tail -n +3 FIL | gunzip` gives the data; gunzip then warns about the last line, which is no part of it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, BinaryIO, cast

import orjson

from supervision.problems import RuleBroken

FORMAT = b"kollegial-supervision sikkerhedskopi 1\n"
TRAILER = len(b"\nsha256 ") + 64 + 1
BLOCK = 1 << 20
LEVEL = 3
"""gzip's: a higher one is much slower and saves little on ids, which are random."""
LONGEST_MANIFEST = 1 << 20


class Damaged(RuleBroken):
    """The file is no whole backup of ours."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in the file. skema: the newest migration; raekker: rows by table; lavet: ISO 8601 in UTC.

    noegle: salt and fingerprint of the SECRET_KEY, which itself is never in a backup.
    """

    motor: str
    skema: str
    lavet: str
    raekker: dict[str, int]
    noegle: tuple[str, str]


def key_print(secret: str, salt: str) -> str:
    """The fingerprint of a secret key; slow to try others against."""
    return hashlib.scrypt(secret.encode(), salt=salt.encode(), n=1 << 14, r=8, p=1).hex()[:32]


def write_kopi(target: Path, manifest: Manifest, fill: Callable[[IO[bytes]], None]) -> None:
    """Write the whole file or nothing: beside it first, onto the disk, then renamed. fill: writes the data.

    Only the owner may read it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp", delete=False) as raw:
        try:
            out = _Counted(raw)
            out.write(FORMAT + orjson.dumps(asdict(manifest)) + b"\n")
            with gzip.GzipFile(
                filename="", mode="wb", compresslevel=LEVEL, fileobj=cast(Any, out), mtime=0
            ) as packed:
                fill(cast(IO[bytes], packed))
            raw.write(b"\nsha256 " + out.digest.hexdigest().encode() + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
            os.replace(raw.name, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(raw.name)
            raise
    sync_folder(target.parent)


@contextmanager
def open_kopi(path: Path) -> Iterator[tuple[Manifest, IO[bytes]]]:
    """The manifest and the data to read, after the whole file has been proved. Raises Damaged before anything is
    given.

    The file stays open from the proof on, so that what is read is what was proved.
    """
    try:
        raw = path.open("rb")
    except OSError as problem:
        raise Damaged(
            f"Filen {path} kan ikke læses ({problem.strerror}). Se efter, om stien er rigtig.", "fil"
        ) from None
    with raw:
        manifest, begins = _prove(path, raw)
        raw.seek(begins)
        ends = path.stat().st_size - TRAILER
        with gzip.GzipFile(fileobj=cast(Any, _Part(raw, ends)), mode="rb") as data:
            yield manifest, cast(IO[bytes], data)


def read_manifest(path: Path) -> Manifest:
    """The manifest alone, of a file that is not proved here. Raises Damaged when there is none."""
    with path.open("rb") as raw:
        return _manifest(path, raw)


def sync_folder(folder: Path) -> None:
    """Put a new name onto the disk, where the system has folders that can be synced (not Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prove(path: Path, raw: BinaryIO) -> tuple[Manifest, int]:
    manifest = _manifest(path, raw)
    begins, left = raw.tell(), path.stat().st_size - TRAILER
    raw.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (block := raw.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    if raw.read() != b"\nsha256 " + digest.hexdigest().encode() + b"\n":
        raise Damaged(
            f"{path} er beskadiget eller ikke hel: kontrolsummen passer ikke. Intet er ændret. Brug en anden kopi.",
            "fil",
        )
    return manifest, begins


def _manifest(path: Path, raw: BinaryIO) -> Manifest:
    if raw.read(len(FORMAT)) != FORMAT:
        raise Damaged(f"{path} er ikke en sikkerhedskopi fra dette system. Intet er ændret.", "fil")
    try:
        found = orjson.loads(raw.readline(LONGEST_MANIFEST))
        return Manifest(**{**found, "noegle": tuple(found["noegle"])})
    except (orjson.JSONDecodeError, TypeError, KeyError) as problem:
        raise Damaged(
            f"{path} er beskadiget: listen over indholdet kan ikke læses. Intet er ændret.", "fil"
        ) from problem


class _Counted:
    """A file that is only written to, with the checksum of what went through."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.digest = hashlib.sha256()

    def write(self, block: Any) -> int:
        self.digest.update(block)
        return int(self._raw.write(block))

    def flush(self) -> None:
        self._raw.flush()


class _Part:
    """A file that ends before its trailer."""

    def __init__(self, raw: BinaryIO, ends: int) -> None:
        self._raw, self._ends = raw, ends

    def read(self, size: int = -1) -> bytes:
        left = self._ends - self._raw.tell()
        return self._raw.read(left if size < 0 else min(size, left))
