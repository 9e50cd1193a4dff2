"""The catalogue as a whole: read once from the content files, then looked up and searched in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path

from supervision.katalog import rules
from supervision.katalog.formats import checks, content_files, emne_file, model_file, versioned_files
from supervision.katalog.formats.yaml_entry import ContentProblem
from supervision.katalog.rules.emner import Emnelister
from supervision.katalog.rules.modeller import Modeller

__all__ = ["CONTENT", "ContentProblem", "Katalog", "check_content", "load_katalog", "read_katalog"]

CONTENT = Path(__file__).resolve().parent / "content"


@dataclass(frozen=True)
class Katalog:
    """Every method in the catalogue's order, foreign codes, and all versions of GameMaster variants and skabeloner.

    gemte: methods that are not offered (any more), oldest first; they are found by key, and their kendetegn by kode.
    udeladte: keys of the skabeloner that are not offered, but found by key and version.
    """

    metoder: tuple[rules.Metode, ...]
    gm_udgaver: tuple[rules.GmVariant, ...]
    koder: tuple[rules.Kode, ...]
    skabelon_udgaver: tuple[rules.Skabelon, ...]
    modeller: Modeller
    emnelister: Emnelister = field(default_factory=Emnelister)
    gemte: tuple[rules.Metode, ...] = ()
    udeladte: frozenset[str] = frozenset()

    @cached_property
    def gm_varianter(self) -> tuple[rules.GmVariant, ...]:
        """The GameMaster variants as they are now."""
        return rules.newest(self.gm_udgaver)

    @cached_property
    def skabeloner(self) -> tuple[rules.Skabelon, ...]:
        """The skabeloner that are offered, as they are now."""
        return tuple(one for one in rules.newest(self.skabelon_udgaver) if one.key not in self.udeladte)

    def metode(self, key: str) -> rules.Metode | None:
        return self._metoder_by_key.get(key)

    def gm_variant(self, key: str, version: int | None = None) -> rules.GmVariant | None:
        """Return a GameMaster as it was in a version; as it is now without one."""
        return rules.at_version(self.gm_udgaver, key, version)

    def skabelon(self, key: str, version: int | None = None) -> rules.Skabelon | None:
        """Return a skabelon as it was in a version; as it is now without one."""
        return rules.at_version(self.skabelon_udgaver, key, version)

    def tilbyder(self, one: rules.Metode | rules.Skabelon) -> bool:
        """Whether it is among what may be chosen now."""
        if isinstance(one, rules.Skabelon):
            return one.key not in self.udeladte
        return one.key in self._tilbudte

    @cached_property
    def live(self) -> dict[str, rules.Kendetegn]:
        """Kode -> every kendetegn that can be ticked while a samtale runs, the colleagues' own methods among them."""
        return {tegn.kode: tegn for tegn in self.observerbare(kollega=True)}

    def palet(self, skabelon: rules.Skabelon) -> tuple[str, ...]:
        """The skabelon's kendetegn that can be ticked as the catalogue is now, in their order."""
        return tuple(kode for kode in skabelon.kendetegn if kode in self.live)

    def uden_felt(self, skabelon: rules.Skabelon) -> tuple[str, ...]:
        """The short names of the skabelon's kendetegn that cannot be ticked as the catalogue is now."""
        return tuple(rules.plain(self.navn(kode)) for kode in skabelon.kendetegn if kode not in self.live)

    def versioner_af(self, key: str) -> tuple[tuple[rules.Skabelon, tuple[str, ...]], ...]:
        """List a skabelon's versions, the newest first, each with what changed since the one before it."""
        own = [skabelon for skabelon in self.skabelon_udgaver if skabelon.key == key]
        before = (None, *own)
        found = [
            (
                after,
                rules.forskelle(old, after, partial(self.navn_af, gm_variant=after.gm_variant))
                if old
                else (),
            )
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
        if kode == rules.TILSKUER_TIMEOUT.kode:
            return rules.TILSKUER_TIMEOUT.kort
        return kode.rpartition(".")[2].replace("_", " ")

    def observerbare(self, *, kollega: bool = False) -> tuple[rules.Kendetegn, ...]:
        """List the kendetegn that can be ticked while a samtale runs.

        Left out are the vurderinger, what the product measures itself and, unless asked for, the methods
        about the colleagues' own feedback and learning.
        """
        return tuple(
            tegn
            for metode in self.metoder
            if kollega or metode.retning != "kollega"
            for tegn in metode.kan_krydses
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
        wanted = (tegn for metode in self.metoder for tegn in metode.kendetegn) if among is None else among
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
        return tuple(
            self._metoder_by_key[key] for key in dict.fromkeys((*named, *naming)) if key in self._tilbudte
        )

    def skabeloner_med(self, metode: rules.Metode) -> tuple[rules.Skabelon, ...]:
        """List the skabeloner that hold one of the method's kendetegn."""
        koder = {tegn.kode for tegn in self.indhold(metode).kendetegn}
        return tuple(skabelon for skabelon in self.skabeloner if koder & set(skabelon.kendetegn))

    def navn_af(self, kode: str, gm_variant: str = "") -> str:
        """The name of a skabelon or of what it may name, for a sentence: of parties, phases and elements too.

        gm_variant: the GameMaster whose words are wanted for phases and elements.
        """
        if kode in rules.TALERE:
            return rules.TALERE[kode]
        variant = self.gm_variant(gm_variant) or self.gm_varianter[0]
        if kode in rules.FASER:
            return next(fase.navn for fase in variant.faser if fase.kode == kode)
        if kode.partition(".")[0] in rules.FASER:
            return rules.plain(self.element_navn(kode, variant))
        known = self.gm_variant(kode) or self._metoder_by_key.get(kode) or self.skabelon(kode)
        return known.navn if known else rules.plain(self.navn(kode))

    def _points(self, words: tuple[rules.Ord, ...], tegn: rules.Kendetegn) -> int:
        """Add up how well each word meets the best of the texts, 0 when one word is nowhere."""
        points = [max(text.meet(word.laest) for text in self._felter_by_kode[tegn.kode]) for word in words]
        return sum(points) if all(points) else 0

    @cached_property
    def _tilbudte(self) -> frozenset[str]:
        return frozenset(metode.key for metode in self.metoder)

    @cached_property
    def _metoder_by_key(self) -> dict[str, rules.Metode]:
        return {metode.key: metode for metode in (*self.gemte, *self.metoder)}

    @cached_property
    def _kendetegn_by_kode(self) -> dict[str, rules.Kendetegn]:
        return {tegn.kode: tegn for metode in (*self.gemte, *self.metoder) for tegn in metode.kendetegn}

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
    checks.refuse_repeats((entry, metode.key) for entry, metode in metoder)
    checks.refuse_repeats((entry, metode.navn) for entry, metode in metoder)
    for versioned in (varianter, skabeloner):
        checks.refuse_repeats((entry, one.key) for entry, one in versioned if one.udgave.version == 1)
    tegn = [(entry, tegn) for entry, metode in metoder for tegn in metode.kendetegn]
    checks.refuse_repeats([*((e, t.kode) for e, t in tegn), *((e, k.kode) for e, k in koder)])
    keys = {metode.key for _, metode in metoder if metode.se is None}
    for entry, metode in metoder:
        checks.check_metode(entry, metode, keys)
    for entry, variant in varianter:
        checks.check_reference(entry, "metoden", variant.key, keys)
        checks.refuse_repeats((entry, element.kode) for fase in variant.faser for element in fase.elementer)
    for entry, kode in koder:
        checks.check_reference(entry, "metoden", kode.metode, keys)
    katalog = Katalog(
        metoder=tuple(metode for _, metode in metoder),
        gm_udgaver=tuple(variant for _, variant in varianter),
        koder=tuple(kode for _, kode in koder),
        skabelon_udgaver=tuple(skabelon for _, skabelon in skabeloner),
        modeller=model_file.read_modeller(folder, [m for _, m in metoder], [kode for _, kode in koder]),
        emnelister=emne_file.read_emnelister(folder),
    )
    live = katalog.live
    for entry, skabelon in skabeloner:
        checks.check_skabelon(entry, skabelon, katalog)
        checks.check_palet(entry, skabelon, live)
    for entry in (*(entry for entry, _ in varianter), *(entry for entry, _ in skabeloner)):
        versioned_files.check_sum(entry)
    return katalog
