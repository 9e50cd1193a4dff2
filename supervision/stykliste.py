"""What the product is built of: every package with its version and licence, from what is installed here.

`supervision stykliste` writes it as CycloneDX; `deploy/assets/make_licenses.py` writes the page's data file of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import click

PRODUCT = "kollegial-supervision"
HOUSE = Path(__file__).resolve().parent.parent
VENDORED = HOUSE / "deploy" / "assets" / "vendor.json"
LICENSES = Path(__file__).parent / "licenser.json"
SPEC = "1.6"
"""The version of CycloneDX that is written."""
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
LONG = 60
"""A licence field longer than this is the licence's whole text, which is no name."""


@dataclass(frozen=True, slots=True)
class Del:
    """One part: its name, version and licence. slags: pypi or npm. behoever: names of the parts it needs itself."""

    navn: str
    version: str
    licens: str
    slags: str
    behoever: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """The part's address among all packages, as package URLs are written."""
        return f"pkg:{self.slags}/{self.navn}@{self.version}"


def list_dele(extras: Iterable[str] = ("postgres",)) -> list[Del]:
    """Everything that is needed to run the product, by name: Python's packages, and what browsers are sent.

    extras: of the product's own. A package that this machine does not need is not there.
    """
    found: dict[str, Del] = {}
    waiting = [(PRODUCT, tuple(extras))]
    while waiting:
        name, wanted = waiting.pop()
        try:
            about = distribution(name)
        except PackageNotFoundError:
            continue
        needs = list(_needs(about, wanted))
        key = _canonical(name)
        if key not in found:
            waiting += needs
            needed = tuple(sorted({_canonical(one) for one, _ in needs}))
            found[key] = Del(key, about.version, license_of(about), "pypi", needed)
    del found[PRODUCT]
    return sorted(found.values(), key=lambda one: one.navn) + list(_vendored())


READ_BY_HAND = {"pysqlite3": "Zlib"}
"""Packages that name no licence in their metadata: what their licence file says."""


def license_of(about: Distribution) -> str:
    """The licence's name: as an expression, from its classifiers, or as it is written; else "Ukendt"."""
    said: Any = about.metadata
    named = [
        line.rsplit(" :: ", 1)[1]
        for line in said.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    written = (said.get("License") or "").strip()
    short = written if 0 < len(written) <= LONG and "\n" not in written else ""
    read = READ_BY_HAND.get(_canonical(str(said.get("Name"))))
    return str(said.get("License-Expression") or short or ", ".join(named) or read or "Ukendt")


def cyclonedx(dele: list[Del], version: str) -> dict[str, Any]:
    """The parts as a CycloneDX document; the same for the same parts, whenever it is made."""
    product = f"pkg:pypi/{PRODUCT}@{version}"
    serial = uuid5(NAMESPACE_DNS, json.dumps([asdict(one) for one in dele]))
    by_name = {one.navn: one for one in dele}
    roots = _canonical_needs(PRODUCT)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": product, "name": PRODUCT, "version": version}
        },
        "components": [_component(one) for one in dele],
        "dependencies": [
            {"ref": product, "dependsOn": sorted(by_name[name].purl for name in roots if name in by_name)},
            *(
                {
                    "ref": one.purl,
                    "dependsOn": [by_name[name].purl for name in one.behoever if name in by_name],
                }
                for one in dele
            ),
        ],
    }


def read_licenses() -> list[dict[str, str]]:
    """The parts as the page shows them, from the file that was made when the product was built."""
    found: list[dict[str, str]] = json.loads(LICENSES.read_text(encoding="utf-8"))
    return found


def _component(one: Del) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.navn,
        "version": one.version,
        "purl": one.purl,
        "licenses": [{"license": {"name": one.licens}}],
    }


def _needs(about: Distribution, extras: tuple[str, ...]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """(name, extras) of what a package needs on this machine."""
    from packaging.requirements import Requirement

    for line in about.requires or ():
        asked = Requirement(line)
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield asked.name, tuple(asked.extras)


def _canonical_needs(name: str) -> list[str]:
    return sorted({_canonical(one) for one, _ in _needs(distribution(name), ("postgres",))})


def _vendored() -> Iterable[Del]:
    for one in json.loads(VENDORED.read_text(encoding="utf-8"))["packages"]:
        yield Del(one["name"], one["version"], one["license"], "npm")


def _canonical(name: str) -> str:
    found = NAME.match(name)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@click.command()
@click.option("--til", type=click.Path(path_type=Path, dir_okay=False), help="Filen. Uden den: på skærmen.")
def stykliste(til: Path | None) -> None:
    """Skriv, hvad systemet er bygget af, som CycloneDX (JSON)."""
    written = json.dumps(cyclonedx(list_dele(), distribution(PRODUCT).version), indent=2) + "\n"
    if til is None:
        click.echo(written, nl=False)
        return
    til.write_text(written, encoding="utf-8")
    click.echo(f"Styklisten ligger i {til}.")
