"""Published quarters after each other, and those of several organisations beside each other; never combined."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from supervision.katalog.queries import katalog_for
from supervision.katalog.rules import plain
from supervision.overblik import rules
from supervision.overblik.models import Udgivelse
from supervision.overblik.queries.teams import list_organisationer_to_see
from supervision.overblik.queries.udgivet import Overblik, get_overblik, get_samlet, list_udgivelser
from supervision.personer.models import Organisation, Person, Team
from supervision.problems import NotFound

MOST_QUARTERS = 8
"""How far back the trends go."""


@dataclass(frozen=True, slots=True)
class PaaTvaers:
    """The published quarters of the organisations that one supervises: a line a quarter, the newest first.

    celler: by quarter, then by organisation: what its page holds, or None when it has none of that quarter.
    """

    organisationer: list[Organisation]
    celler: dict[rules.Kvartal, dict[UUID, Overblik | None]]


def list_team_over_tid(team: Team, *, viewer: Person) -> list[Overblik]:
    """The team's last published quarters as the viewer may see each of them, the oldest first.

    Quarters that are divided by the type of samtale are the organisation's alone.
    """
    found = [get_overblik(team, one, viewer=viewer) for one in _last(team.organisation_id)]
    return [one for one in found if not one.slags]


def list_samlet_over_tid(
    organisation: Organisation, *, viewer: Person, slags: str | None = None
) -> list[Overblik]:
    """The organisation's last published quarters, the oldest first: those that are divided as the newest is.

    slags: a type of samtale, where these divide the figures. Raises NotFound when there is no such type.
    """
    udgivelser = _last(organisation.id)
    found = [get_samlet(organisation, one, viewer=viewer) for one in udgivelser]
    wanted = slags or (found[-1].valgt if found else "")
    if not wanted:
        return [one for one in found if not one.slags]
    typed = [udgivelse for udgivelse, one in zip(udgivelser, found, strict=True) if wanted in dict(one.slags)]
    if not typed:
        raise NotFound
    return [get_samlet(organisation, one, viewer=viewer, slags=wanted) for one in typed]


def get_paa_tvaers(*, viewer: Person) -> PaaTvaers:
    """The quarters of every organisation that the viewer supervises, side by side."""
    organisationer = list_organisationer_to_see(viewer=viewer)
    found: dict[rules.Kvartal, dict[UUID, Overblik | None]] = {}
    for organisation in organisationer:
        for udgivelse in list_udgivelser(organisation.id)[:MOST_QUARTERS]:
            shown = get_samlet(organisation, udgivelse, viewer=viewer)
            found.setdefault(shown.kvartal, dict.fromkeys((o.id for o in organisationer), None))
            found[shown.kvartal][organisation.id] = shown
    return PaaTvaers(organisationer, dict(sorted(found.items(), reverse=True)))


def list_skabelon_kendetegn(organisation: Organisation) -> dict[str, dict[str, str]]:
    """Name -> (code -> short name of its kendetegn) of the skabeloner that the organisation offers now."""
    katalog = katalog_for(organisation)
    return {
        skabelon.navn: {kode: plain(katalog.navn(kode)) for kode in katalog.palet(skabelon)}
        for skabelon in katalog.skabeloner
    }


def _last(organisation_id: UUID) -> list[Udgivelse]:
    return list(reversed(list_udgivelser(organisation_id)[:MOST_QUARTERS]))
