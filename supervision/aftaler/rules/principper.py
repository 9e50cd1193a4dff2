"""A fokuspunkt may be about one of the organisation's principles; the kontrakt keeps the words it had then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID


class Maerket(Protocol):
    """A fokuspunkt, as far as it is tagged."""

    @property
    def princip_id(self) -> UUID | None: ...
    @property
    def princip_tekst(self) -> str | None: ...


def principper_at_vaelge(i_brug: Iterable[tuple[UUID, str]], stands: Iterable[Maerket]) -> dict[UUID, str]:
    """Id -> words of what a fokuspunkt can be tagged with.

    i_brug: the organisation's principles now, in order. stands: the kontrakt's fokuspunkter: what they are tagged with
    stays, in the words it was agreed with, also when it has been changed or taken out of use since.
    """
    frozen = {one.princip_id: one.princip_tekst for one in stands if one.princip_id and one.princip_tekst}
    now = dict(i_brug)
    return {
        **{princip_id: frozen.get(princip_id, tekst) for princip_id, tekst in now.items()},
        **{princip_id: tekst for princip_id, tekst in frozen.items() if princip_id not in now},
    }


def med_princip(tekst: str, princip: str | None) -> str:
    """A focus with its principle in one line, for where there is no room for two."""
    return f"{tekst} (Princip: {princip})" if princip else tekst
