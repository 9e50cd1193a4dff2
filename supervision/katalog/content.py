"""The catalogue as a whole: read once from the content files, then looked up and searched in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from supervision.katalog import rules
from supervision.katalog.formats import content_files, model_file, versioned_files
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry
from supervision.katalog.rules.modeller import Modeller

__all__ = ["CONTENT", "ContentProblem", "Katalog", "check_content", "load_katalog", "read_katalog"]

CONTENT = Path(__file__).resolve().parent / "content"


@dataclass(frozen=True)
class Katalog:
    """Every method in the catalogue's order, foreign codes, and all versions of GameMaster variants and skabeloner."""

    metoder: tuple[rules.Metode, ...]
    gm_udgaver: tuple[rules.GmVariant, ...]
    koder: tuple[rules.Kode, ...]
    skabelon_udgaver: tuple[rules.Skabelon, ...]
    modeller: Modeller

    @cached_property
    def gm_varianter(self) -> tuple[rules.GmVariant, ...]:
        """The GameMaster variants as they are now."""
        return rules.newest(self.gm_udgaver)

    @cached_property
    def skabeloner(self) -> tuple[rules.Skabelon, ...]:
        """The skabeloner as they are now."""
        return rules.newest(self.skabelon_udgaver)

    def metode(self, key: str) -> rules.Metode | None:
        return self._metoder_by_key.get(key)

    def gm_variant(self, key: str, version: int | None = None) -> rules.GmVariant | None:
        """Return a GameMaster as it was in a version; as it is now without one."""
        return rules.at_version(self.gm_udgaver, key, version)

    def skabelon(self, key: str, version: int | None = None) -> rules.Skabelon | None:
        """Return a skabelon as it was in a version; as it is now without one."""
        return rules.at_version(self.skabelon_udgaver, key, version)

    def versioner_af(self, key: str) -> tuple[tuple[rules.Skabelon, tuple[str, ...]], ...]:
        """List a skabelon's versions, the newest first, each with what changed since the one before it."""
        own = [skabelon for skabelon in self.skabelon_udgaver if skabelon.key == key]
        before = (None, *own)
        found = [
            (after, rules.forskelle(old, after, self._navn_af) if old else ())
            for old, after in zip(before, own, strict=False)
        ]
        return tuple(reversed(found))

    def kendetegn(self, kode: str) -> rules.Kendetegn | None:
        return self._kendetegn_by_kode.get(kode)

    def navn(self, kode: str) -> str:
        """Return the short name of any færdighed code, the code in words when the catalogue has none.

        It may hold soft hyphens; `rules.plain` takes them out.
        """
        known = self._kendetegn_by_kode.get(kode) or self._koder_by_kode.get(kode)
        return known.kort if known else kode.replace("_", " ")

    def tekst(self, kode: str) -> str:
        """Return the full sentence of any færdighed code, "" when the catalogue has none."""
        known = self._kendetegn_by_kode.get(kode) or self._koder_by_kode.get(kode)
        return known.tekst if known else ""

    def element_navn(self, kode: str, gamemaster: rules.GmVariant | None = None) -> str:
        """Return the chip name of a phase element, in the GameMaster's own words if it has the element.

        Otherwise the first variant that has it names it; else the code after its phase, in words.
        """
        for variant in (*([gamemaster] if gamemaster else []), *self.gm_varianter):
            for fase in variant.faser:
                for element in fase.elementer:
                    if element.kode == kode:
                        return element.kort
        return kode.rpartition(".")[2].replace("_", " ")

    def observerbare(self, *, kollega: bool = False) -> tuple[rules.Kendetegn, ...]:
        """List the kendetegn that can be ticked while a samtale runs.

        Left out are the vurderinger, what the product measures itself and, unless asked for, the methods
        about the colleagues' own feedback and learning.
        """
        return tuple(
            tegn
            for metode in self.metoder
            if metode.type in rules.OBSERVERBARE_TYPER and (kollega or metode.retning != "kollega")
            for tegn in metode.kendetegn
            if not tegn.maales
        )

    def search(
        self, text: str, among: Iterable[rules.Kendetegn] | None = None
    ) -> tuple[rules.Kendetegn, ...]:
        """Find the kendetegn that hold every word of the text, best first, ties in the catalogue's order.

        A word may stand anywhere in the short name, the sentence, or the method's name or aliases; it is read as
        `rules.Ordbog` reads it. among: search these only (default: all). An empty text finds nothing.
        """
        words = self._ordbog.read(text)
        if not words:
            return ()
        wanted = self._kendetegn_by_kode.values() if among is None else among
        ranked = [(self._points(words, tegn), tegn) for tegn in wanted]
        return tuple(tegn for point, tegn in sorted(ranked, key=lambda pair: -pair[0]) if point)

    def soeg(self, text: str) -> rules.Soegning:
        """Find the methods that meet every word of the text, best first. An empty text finds nothing."""
        words = self._ordbog.read(text)
        if not words:
            return rules.Soegning()
        found = [rules.find(self.metoder[i], texts, words) for i, texts in enumerate(self._felter)]
        unknown = tuple(word.skrevet for word in words if not self._ordbog.knows(word.laest))
        parts = dict.fromkeys(part for word in unknown for part in self._ordbog.parts(word))
        return rules.Soegning(words, rules.rank(fund for fund in found if fund), unknown, tuple(parts))

    def vis(self, text: str, udvalg: rules.Udvalg) -> rules.Visning:
        """Show what a search and the three choices leave, with the numbers behind every choice.

        Without a word to search for it is every method, in the catalogue's order.
        """
        soegning = self.soeg(text)
        found = soegning.fund if soegning.ord else tuple(rules.Fund(metode, 0) for metode in self.metoder)
        return rules.Visning(
            soegning,
            tuple(fund for fund in found if udvalg.holds(fund.metode)),
            rules.count_choices((fund.metode for fund in found), udvalg),
        )

    def kan_krydses(self, metode: rules.Metode) -> bool:
        """Whether any of the method's kendetegn can be ticked while the samtale runs."""
        tickable = {tegn.kode for tegn in self.observerbare(kollega=True)}
        return any(tegn.kode in tickable for tegn in self.indhold(metode).kendetegn)

    def indhold(self, metode: rules.Metode) -> rules.Metode:
        """Return the method in which the steps and kendetegn stand: itself, or the one it points at."""
        return self._metoder_by_key[metode.se] if metode.se else metode

    def slaegtninge(self, metode: rules.Metode) -> tuple[rules.Metode, ...]:
        """List the methods that belong with this one: those it names, then those that name it."""
        named = (*([metode.se] if metode.se else []), *metode.kobler_til)
        naming = [m.key for m in self.metoder if metode.key in (*m.kobler_til, m.se)]
        return tuple(self._metoder_by_key[key] for key in dict.fromkeys((*named, *naming)))

    def skabeloner_med(self, metode: rules.Metode) -> tuple[rules.Skabelon, ...]:
        """List the skabeloner that hold one of the method's kendetegn."""
        koder = {tegn.kode for tegn in self.indhold(metode).kendetegn}
        return tuple(skabelon for skabelon in self.skabeloner if koder & set(skabelon.kendetegn))

    def _navn_af(self, kode: str) -> str:
        """The name of a kendetegn, a method or a GameMaster variant, for a sentence."""
        known = self.gm_variant(kode) or self._metoder_by_key.get(kode)
        return known.navn if known else rules.plain(self.navn(kode))

    def _points(self, words: tuple[rules.Ord, ...], tegn: rules.Kendetegn) -> int:
        """Add up how well each word meets the best of the texts, 0 when one word is nowhere."""
        points = [max(text.meet(word.laest) for text in self._felter_by_kode[tegn.kode]) for word in words]
        return sum(points) if all(points) else 0

    @cached_property
    def _metoder_by_key(self) -> dict[str, rules.Metode]:
        return {metode.key: metode for metode in self.metoder}

    @cached_property
    def _kendetegn_by_kode(self) -> dict[str, rules.Kendetegn]:
        return {tegn.kode: tegn for metode in self.metoder for tegn in metode.kendetegn}

    @cached_property
    def _koder_by_kode(self) -> dict[str, rules.Kode]:
        return {kode.kode: kode for kode in self.koder}

    @cached_property
    def _felter(self) -> tuple[tuple[rules.Felt, ...], ...]:
        """Per method, in the catalogue's order, the texts that a search can meet."""
        return tuple(
            rules.felter(metode, rules.KATEGORIER[metode.kategori], self.gm_variant(metode.key))
            for metode in self.metoder
        )

    @cached_property
    def _felter_by_kode(self) -> dict[str, list[rules.Felt]]:
        """Per kendetegn its own texts and its method's names."""
        return {
            tegn.kode: [text for text in texts if text.tegn is tegn or text.vaegt == rules.NAVN]
            for metode, texts in zip(self.metoder, self._felter, strict=True)
            for tegn in metode.kendetegn
        }

    @cached_property
    def _ordbog(self) -> rules.Ordbog:
        return rules.Ordbog(text for texts in self._felter for text in texts)


@lru_cache(maxsize=1)
def load_katalog() -> Katalog:
    """Return the product's own catalogue, read on the first call. Raises ContentProblem."""
    return read_katalog(CONTENT)


def check_content(folder: Path = CONTENT) -> int:
    """Read every content file and return the number of methods. Raises ContentProblem at the first fault."""
    return len(read_katalog(folder).metoder)


def read_katalog(folder: Path) -> Katalog:
    """Read a catalogue from a folder of content files. Raises ContentProblem at the first fault."""
    content_files.refuse_unexpected_files(folder)
    metoder = list(content_files.read_metoder(folder))
    varianter = list(versioned_files.read_gm_varianter(folder))
    koder = list(content_files.read_koder(folder))
    skabeloner = list(versioned_files.read_skabeloner(folder))
    _refuse_repeats((entry, metode.key) for entry, metode in metoder)
    _refuse_repeats((entry, metode.navn) for entry, metode in metoder)
    for versioned in (varianter, skabeloner):
        _refuse_repeats((entry, one.key) for entry, one in versioned if one.udgave.version == 1)
    tegn = [(entry, tegn) for entry, metode in metoder for tegn in metode.kendetegn]
    _refuse_repeats([*((e, t.kode) for e, t in tegn), *((e, k.kode) for e, k in koder)])
    keys = {metode.key for _, metode in metoder if metode.se is None}
    for entry, metode in metoder:
        _check_metode(entry, metode, keys)
    for entry, variant in varianter:
        _check_reference(entry, "metoden", variant.key, keys)
        _refuse_repeats((entry, element.kode) for fase in variant.faser for element in fase.elementer)
    for entry, kode in koder:
        _check_reference(entry, "metoden", kode.metode, keys)
    katalog = Katalog(
        metoder=tuple(metode for _, metode in metoder),
        gm_udgaver=tuple(variant for _, variant in varianter),
        koder=tuple(kode for _, kode in koder),
        skabelon_udgaver=tuple(skabelon for _, skabelon in skabeloner),
        modeller=model_file.read_modeller(folder, [m for _, m in metoder], [kode for _, kode in koder]),
    )
    _check_skabeloner(katalog, skabeloner)
    for entry in (*(entry for entry, _ in varianter), *(entry for entry, _ in skabeloner)):
        versioned_files.check_sum(entry)
    return katalog


def _refuse_repeats(named: Iterable[tuple[Entry, str]]) -> None:
    first: dict[str, str] = {}
    for entry, name in named:
        if name in first:
            raise ContentProblem(entry.file, name, f"»{name}« er allerede brugt i {first[name]}")
        first[name] = entry.file if entry.name == name else f"{entry.file}, »{entry.name}«"


def _check_reference(entry: Entry, what: str, key: str, known: Collection[str]) -> None:
    if key not in known:
        raise entry.problem(f"{what} »{key}« findes ikke")


def _check_metode(entry: Entry, metode: rules.Metode, keys: Collection[str]) -> None:
    """Check what a method points at, and that its tiles can be told apart."""
    for key in (*metode.kobler_til, *([metode.se] if metode.se else [])):
        _check_reference(entry, "metoden", key, keys)
        if key == metode.key:
            raise entry.problem("metoden peger på sig selv")
    seen: set[str] = set()
    for tegn in metode.kendetegn:
        if (name := rules.fold(tegn.kort)) in seen:
            raise ContentProblem(
                entry.file, tegn.kode, f"det korte navn »{rules.plain(tegn.kort)}« er brugt før"
            )
        seen.add(name)


def _check_skabeloner(katalog: Katalog, skabeloner: Iterable[tuple[Entry, rules.Skabelon]]) -> None:
    """Check that a first palette can be ticked live and shown with tiles that can be told apart."""
    live = {tegn.kode: tegn for tegn in katalog.observerbare(kollega=True)}
    for entry, skabelon in skabeloner:
        variant = katalog.gm_variant(skabelon.gm_variant)
        if variant is None:
            raise entry.problem(f"GameMaster-varianten »{skabelon.gm_variant}« findes ikke")
        for key in skabelon.metoder:
            if katalog.metode(key) is None:
                raise entry.problem(f"metoden »{key}« findes ikke")
        for kode in skabelon.kendetegn:
            if katalog.kendetegn(kode) is None:
                raise entry.problem(f"kendetegnet »{kode}« findes ikke")
            if kode not in live:
                raise entry.problem(f"kendetegnet »{kode}« kan ikke krydses af i en samtale")
        if len({rules.fold(live[kode].kort) for kode in skabelon.kendetegn}) < len(skabelon.kendetegn):
            raise entry.problem("to kendetegn har samme korte navn")
        _check_ord(katalog, entry, skabelon)


def _check_ord(katalog: Katalog, entry: Entry, skabelon: rules.Skabelon) -> None:
    """Check that a skabelon's own words are for something it has, in some version of its GameMaster."""
    varianter = [variant for variant in katalog.gm_udgaver if variant.key == skabelon.gm_variant]
    faser = [fase for variant in varianter for fase in variant.faser]
    known = {fase.kode for fase in faser} | {element.kode for fase in faser for element in fase.elementer}
    for kode, _ in skabelon.ord:
        if kode not in known | set(skabelon.parter):
            raise entry.problem(
                f"»{kode}« under »ord« er hverken en part, en fase eller et element i skabelonen"
            )
