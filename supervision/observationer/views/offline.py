"""What lets the recorder open without a net: its one page without names, and the service worker that keeps it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import orjson
from flask import Response, current_app, render_template, url_for

from supervision.compression import same_for_everybody
from supervision.cpr import CPR_FEJL
from supervision.navigation import asset
from supervision.observationer.rules import OPTAGER_TEKST
from supervision.observationer.views import blueprint

LATER = ("prepare.js", "leave.js", "outbox.js", "parting.js", "drafts.js", "others.js")
"""Modules that other pages load, and the recorder only when it needs them."""
STYLES = ("css/app.css", "css/frame.css", "css/components.css", "css/recorder.css")


@blueprint.get("/optager/skal")
def skal() -> str:
    """The recorder's page, the same for everybody; the kontrakt is named by the address it is shown under."""
    return render_shell()


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """The service worker, with the list of what it may keep. A change in any of that is a new version of it."""
    shell, files = url_for("observationer.skal"), list_files()
    static = Path(current_app.static_folder or "")
    code = (static / "service-worker.js").read_text(encoding="utf-8")
    version = _version(static, _stamp(static), render_shell(), code)
    lines = [
        f"const {name} = {orjson.dumps(value).decode()};" for name, value in _named(version, shell, files)
    ]
    return Response("\n".join([*lines, code]), mimetype="text/javascript")


def render_shell() -> str:
    """The page of the recorder; nothing in it depends on who asks or which kontrakt it is."""
    same_for_everybody()
    return render_template(
        "observationer/optager.html", modules=list_modules(), cpr_fejl=CPR_FEJL, tekst=OPTAGER_TEKST
    )


def list_files() -> list[str]:
    """The addresses of everything the recorder is made of, as its page and its scripts ask for them."""
    static = Path(current_app.static_folder or "")
    fonts = sorted(f"fonts/{path.name}" for path in (static / "fonts").glob("*.woff2"))
    plain = [*_scripts(static), "js/enhed.js", "vendor/idb/index.js", *fonts]
    versioned = [*STYLES, "js/frame.js", "icons/mark.svg", "app.webmanifest"]
    return [url_for("static", filename=name) for name in plain] + [asset(name) for name in versioned]


def list_modules() -> list[str]:
    """The modules that the recorder needs to begin, so that the browser may fetch them all at once."""
    static = Path(current_app.static_folder or "")
    wanted = [name for name in _scripts(static) if not name.endswith(LATER)]
    return [url_for("static", filename=name) for name in [*wanted, "vendor/idb/index.js"]]


def _scripts(static: Path) -> list[str]:
    return sorted(str(path.relative_to(static)) for path in (static / "js/recorder").rglob("*.js"))


def _named(version: str, shell: str, files: list[str]) -> list[tuple[str, object]]:
    return [("VERSION", version), ("SHELL", shell), ("FILES", files)]


def _stamp(static: Path) -> int:
    """When any of the files was changed last; cheap enough to ask each time."""
    return max(
        path.stat().st_mtime_ns for folder in ("js", "css", "fonts") for path in (static / folder).rglob("*")
    )


@cache
def _version(static: Path, stamp: int, shell: str, code: str) -> str:
    whole = hashlib.sha256((shell + code).encode())
    for folder in ("js/recorder", "vendor/idb", "css", "fonts"):
        for path in sorted((static / folder).rglob("*")):
            if path.is_file():
                whole.update(path.read_bytes())
    return whole.hexdigest()[:16]
