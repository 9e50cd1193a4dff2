"""Write `supervision/licenser.json`, the data of the page that says whose work the product is built on.

Run after a change of dependencies: `python deploy/assets/make_licenses.py`. A test compares the two.
"""

from __future__ import annotations

import json

from supervision.stykliste import LICENSES, list_dele


def made() -> str:
    """The file's text, from what is installed."""
    rows = [{"navn": one.navn, "version": one.version, "licens": one.licens} for one in list_dele()]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    LICENSES.write_text(made(), encoding="utf-8")
