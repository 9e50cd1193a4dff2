"""Putting back what a device kept of a draft and the server never got."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import uuid4

from supervision.feedback.rules.punkter import Kladdepunkt, PunktFakta


def to_put_back(
    kept: Sequence[Kladdepunkt],
    stored: Sequence[PunktFakta],
    *,
    slags: Collection[str],
    unchanged: bool,
    handed_in: bool,
) -> list[Kladdepunkt]:
    """The points of a device's draft that the stored one lacks, to be put into the page.

    slags: the kinds that can be written now. unchanged: the stored draft is the one that the device wrote on from; then
    its points take the device's words, else those come beside as new points, so that neither is lost. handed_in: the
    page was left by a button that hands the draft in; only when it is unchanged since did it never arrive.
    """
    if handed_in and not unchanged:
        return []
    known = {punkt.id: punkt for punkt in stored}
    words = {(punkt.slags, punkt.tekst) for punkt in stored}
    found = []
    for typed in kept:
        before = known.get(typed.id)
        if not typed.tekst.strip() or typed.slags not in slags or (before and before.sendt_at):
            continue
        if before is None and (typed.slags, typed.tekst) in words:
            continue
        if before is None or (before.tekst, before.t_ms) != (typed.tekst, typed.t_ms):
            found.append(typed if before is None or unchanged else replace(typed, id=uuid4()))
    return found
