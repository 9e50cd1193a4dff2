"""The banehalvdel check: on which half of the court a Danish sentence stands, by rules that explain themselves.

The road of a sentence: `saetninger` cuts the text and the sentence; `maerkning` gives every word its classes (`ord`,
made of the tables `ord_*` by the endings in `ordformer`) and takes out what others said; `dom` asks the tables
`regler_*` in the order of the guideline: advice before interpretation before verdict, then the writer's own reaction,
then whether there is anything to see or hear; `forklaringer` has the words. In doubt a sentence stands on its writer's
own half: a wrong flag hurts more than a missed one.

The same check runs in the browser while one writes: `static/js/feedback/banehalvdel` has a module for each of these, by
the same names, and `tavler.js` made from these tables by `formats/banehalvdel_js.py`. So the tables are plain strings,
patterns are matched by and, or and shift on whole numbers (`moenstre`), and the regular expressions are read by both
languages: space and letters are spelt out in them.
"""

from __future__ import annotations

from .dom import EGEN, LABELS, Dom, bedoem, bedoem_samlet, bedoem_tekst

__all__ = ["EGEN", "LABELS", "Dom", "bedoem", "bedoem_samlet", "bedoem_tekst"]
