"""Write the list of the commonest passwords from the one that comes with zxcvbn, as its pinned version has it.

Run: pip install --target DIR zxcvbn==4.5.0 && python deploy/assets/make_blocklist.py DIR
Writes supervision/sign_in/content/commonest.txt, which is committed; a test holds it against its own sum.
"""

from __future__ import annotations

import hashlib
import sys
from importlib import import_module
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "supervision" / "sign_in" / "content" / "commonest.txt"
SO_MANY = 3000
VERSION = "4.5.0"
HEADER = """\
# The {count} commonest passwords of published leaks, commonest first.
# From zxcvbn {version}, frequency_lists.py, list "passwords"; Copyright (c) 2016 Daniel Wolf, MIT License.
# Made by deploy/assets/make_blocklist.py; not to be changed by hand. Own words stand in words.txt.
# sha256 of the lines below: {sum}
"""


def main() -> None:
    """One password a line, under a header that says whence they are."""
    sys.path.insert(0, sys.argv[1])
    found = import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS["passwords"][:SO_MANY]
    lines = "".join(f"{password}\n" for password in found)
    header = HEADER.format(
        count=len(found), version=VERSION, sum=hashlib.sha256(lines.encode("utf-8")).hexdigest()
    )
    OUT.write_text(header + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
