"""Take plotly.js's own style sheet out of a browser and write static/vendor/plotly/plotly.css.

plotly.js writes its style rules into the page by script, which a strict Content-Security-Policy stops. It
leaves that out when the page links a sheet with the id ``plotly.js-style-global`` and the class
``no-inline-styles``; this is that sheet. Run after plotly.js changes version, then write the checksums
again with ``fetch_vendor.py``::

    python deploy/assets/dump_plotly_css.py

Needs the package playwright and a Chromium (``CHROMIUM``, else /usr/bin/chromium).
"""

from __future__ import annotations

import os

from fetch_vendor import STATIC, write_sums
from playwright.sync_api import sync_playwright

FOLDER = STATIC / "vendor" / "plotly"
READ_RULES = """() => [...document.styleSheets]
    .filter((sheet) => sheet.ownerNode.id.startsWith('plotly.js-style'))
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))"""
DRAW = "() => Plotly.newPlot(document.body.appendChild(document.createElement('div')), [{y: [1, 2]}])"


def read_rules() -> list[str]:
    """Return the rules that plotly.js adds to a page without a policy, as CSS text without duplicates."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content("<!doctype html><title>plotly</title><body></body>")
        page.add_script_tag(path=FOLDER / "plotly-basic.min.js")
        page.evaluate(DRAW)
        rules: list[str] = page.evaluate(READ_RULES)
        browser.close()
    return list(dict.fromkeys(rules))


def main() -> None:
    """Write the sheet and the checksums."""
    rules = read_rules()
    header = "/* From plotly.js (MIT, see LICENSE), taken by deploy/assets/dump_plotly_css.py. */\n"
    (FOLDER / "plotly.css").write_text(header + "\n".join(rules) + "\n", "utf-8")
    write_sums()
    print(f"plotly.css: {len(rules)} rules")


if __name__ == "__main__":
    main()
