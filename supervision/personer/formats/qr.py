"""An address as a QR code."""

from __future__ import annotations

import segno

QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""


def qr_svg(address: str) -> str:
    """The address as an SVG element without size, style or script: black on white whatever the page's colours.

    It is without a name for screen readers; the page around it says what it is.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
