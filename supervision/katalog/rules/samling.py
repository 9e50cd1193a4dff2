"""The product's catalogue and an organisation's own, put together: what is offered, and what is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from supervision.katalog.rules.egne import visible
from supervision.katalog.rules.metoder import KATEGORIER, Metode
from supervision.katalog.rules.modeller import Model, Modeller, Raekkefoelge
from supervision.katalog.rules.skabeloner import Skabelon


def merge_metoder(
    metoder: Sequence[Metode], egne: Mapping[str, Metode], skjulte: Collection[str]
) -> tuple[Metode, ...]:
    """The methods that are offered: own ones in their originals' place, new ones last in their category.

    egne: key -> the newest version, when it is not retired. skjulte: keys of originals that are not offered; an own
    version of such a method is.
    """
    known = {metode.key for metode in metoder}
    new = [metode for key, metode in egne.items() if key not in known]
    found: list[Metode] = []
    for kategori in KATEGORIER:
        for metode in metoder:
            if metode.kategori == kategori and (metode.key in egne or metode.key not in skjulte):
                found.append(egne.get(metode.key, metode))
        found += [metode for metode in new if metode.kategori == kategori]
    return tuple(visible(metode) for metode in found)


def kept_metoder(
    metoder: Iterable[Metode], udgaver: Sequence[Metode], skjulte: Collection[str]
) -> tuple[Metode, ...]:
    """What must be found although it is not offered, oldest first.

    It is the originals that are hidden or have an own version, and every version of an own one that was published.
    """
    own = {metode.key for metode in udgaver}
    return (*(metode for metode in metoder if metode.key in own or metode.key in skjulte), *udgaver)


def merge_skabeloner(
    udgaver: Sequence[Skabelon], egne: Sequence[Skabelon], fra: Mapping[str, str | None]
) -> tuple[Skabelon, ...]:
    """Every version of every skabelon: own ones after the last version of their original, else last of all.

    egne: oldest first. fra: key of an own skabelon -> its original's.
    """
    found = list(udgaver)
    for key in dict.fromkeys(one.key for one in egne):
        own = [one for one in egne if one.key == key]
        places = [place for place, one in enumerate(found) if one.key == fra.get(key)]
        at = places[-1] + 1 if places else len(found)
        found[at:at] = own
    return tuple(found)


def merge_modeller(modeller: Modeller, som: Mapping[str, str]) -> Modeller:
    """The models with own kendetegn in the places of those they count together with.

    som: own kode -> the kode that has a place.
    """
    if not som:
        return modeller

    def wider(koder: tuple[str, ...]) -> tuple[str, ...]:
        return (*koder, *(own for own, kode in som.items() if kode in koder and own not in koder))

    def model(one: Model) -> Model:
        return replace(one, steder=tuple(replace(sted, koder=wider(sted.koder)) for sted in one.steder))

    def raekke(one: Raekkefoelge) -> Raekkefoelge:
        return replace(one, koder=wider(one.koder))

    return replace(
        modeller,
        modeller=tuple(map(model, modeller.modeller)),
        raekkefoelger=tuple(map(raekke, modeller.raekkefoelger)),
    )
