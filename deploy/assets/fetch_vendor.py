"""Fetch the vendored browser files named in vendor.json, verify them, and write their checksums.

Run by hand when a version changes; nothing here runs when the product runs or is tested::

    python deploy/assets/fetch_vendor.py            # fetch, verify, copy, write SHA256SUMS
    python deploy/assets/fetch_vendor.py --check    # only compare the files with SHA256SUMS

Each package in ``vendor.json`` has a name, an exact version, the sha512 of its archive (``integrity``, as
npm prints it: ``npm view NAME@VERSION dist.integrity``) and the files to copy, as archive path -> path
under ``static/``. The archive comes from ``npm pack`` with whatever npm is set up to use on this machine; a
wrong sha512 stops everything before a file is copied. ``npm`` must be on the path.

``static/vendor/SHA256SUMS`` covers all of ``static/vendor`` and ``static/fonts``, with paths relative to
itself, so ``cd static/vendor && sha256sum -c SHA256SUMS`` works too. ``static/vendor/plotly/plotly.css`` is
the one file that is not in a package: ``dump_plotly_css.py`` takes it from a browser, and must run again
when plotly.js changes. plotly.js follows the major version of the Python package plotly.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
STATIC = HERE.parents[1] / "static"
SUMS = STATIC / "vendor" / "SHA256SUMS"


class VendorError(Exception):
    """An archive or a file is not the one that was recorded."""


def read_manifest() -> dict[str, Any]:
    """Return vendor.json: ``packages`` (list of name, version, integrity, license, files) and ``tools``."""
    manifest: dict[str, Any] = json.loads((HERE / "vendor.json").read_text("utf-8"))
    return manifest


def unpack_package(package: dict[str, Any], folder: Path) -> Path:
    """Pack one npm package into ``folder``, verify its sha512, and return the unpacked package folder.

    Raises VendorError when the archive is not the recorded one, CalledProcessError when npm fails.
    """
    spec = f"{package['name']}@{package['version']}"
    target = Path(tempfile.mkdtemp(dir=folder))
    subprocess.run(["npm", "pack", spec, "--silent"], cwd=target, check=True, stdout=subprocess.DEVNULL)
    (archive,) = target.glob("*.tgz")
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package["integrity"]:
        raise VendorError(f"{spec}: the archive has {digest}, vendor.json says {package['integrity']}")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def compute_sums() -> dict[str, str]:
    """Return path relative to static/vendor -> sha256 in hex, for every vendored file and font, in order."""
    files = [path for name in ("vendor", "fonts") for path in (STATIC / name).rglob("*") if path.is_file()]
    named = {Path(os.path.relpath(path, SUMS.parent)).as_posix(): path for path in files if path != SUMS}
    return {name: hashlib.sha256(named[name].read_bytes()).hexdigest() for name in sorted(named)}


def write_sums() -> None:
    """Write static/vendor/SHA256SUMS in the format of sha256sum."""
    SUMS.write_text("".join(f"{digest}  {name}\n" for name, digest in compute_sums().items()), "utf-8")


def list_differences() -> list[str]:
    """Return the files changed, missing or unknown compared with SHA256SUMS; empty when all is well."""
    lines = (line.split("  ", 1) for line in SUMS.read_text("utf-8").splitlines())
    recorded = {name: digest for digest, name in lines}
    found = compute_sums()
    return sorted(name for name in recorded.keys() | found.keys() if recorded.get(name) != found.get(name))


def fetch() -> None:
    """Fetch and verify every package first, then copy all files and write the checksums."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unpacked = [(package, unpack_package(package, folder)) for package in read_manifest()["packages"]]
        for package, source in unpacked:
            for origin, destination in package["files"].items():
                target = STATIC / destination
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / origin, target)
            print(f"{package['name']} {package['version']}: {len(package['files'])} files")
    write_sums()


def main() -> int:
    """Run from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Fetch or check the vendored browser files.")
    parser.add_argument("--check", action="store_true", help="only compare with SHA256SUMS")
    if not parser.parse_args().check:
        fetch()
    differences = list_differences()
    print("\n".join(f"differs: {name}" for name in differences) or "all files match SHA256SUMS")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
