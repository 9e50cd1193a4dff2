"""The banehalvdel check: on which half of the court a Danish sentence stands, by rules that explain themselves.

The road of a sentence: `saetninger` cuts the text and the sentence; `maerkning` gives every word its classes (`ord`,
made of the tables `ord_*` by the endings in `ordformer`) and takes out what others said; `dom` asks the tables
`regler_*` in the order of the guideline: advice before interpretation before verdict, then the writer's own reaction,
then whether there is anything to see or hear; `forklaringer` has the words. In doubt a sentence stands on its writer's
own half: a wrong flag hurts more than a missed one.

To run it elsewhere (in a browser, while one writes): the tables are plain strings, the lexicon is a dictionary of
folded form -> classes, and patterns are tuples of (kind, names, length), matched by and, or and shift on whole numbers
(`moenstre`). The only regular expressions cut sentences and words, with ranges of letters, groups and look-around that
JavaScript has too.
"""

from __future__ import annotations

from .dom import EGEN, LABELS, Dom, bedoem, bedoem_samlet, bedoem_tekst

__all__ = ["EGEN", "LABELS", "Dom", "bedoem", "bedoem_samlet", "bedoem_tekst"]
