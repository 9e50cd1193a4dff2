"""`python -m benchmarks.banehalvdel`: how often the banehalvdel check agrees with people; exit 0 within the bars.

Read: the labelled sentences beside the checkout (`../shared/banehalvdel/saetninger.csv`; exit 2 with the reason when
they are missing) and the project's own (`tests/feedback/banehalvdel_egne.csv`, labelled from the guideline by those who
wrote the rules). The rules carry no learned weights, so there is nothing to fit in a fold; instead the labelled
sentences were cut in five folds by SEED before anybody read them: 1-3 were read while the rules were written, 4-5 not.
The own sentences stand in rounds: each was written before the rules met it, and read by the rules' writers after; what
a round gave at first sight stands in FIRST_SIGHT. The bars are for the held-out folds.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from supervision.feedback.rules.banehalvdel import EGEN, LABELS, bedoem, bedoem_tekst

from .figures import spread
from .versions import versions

HOUSE = Path(__file__).resolve().parents[1]
RESULTS = HOUSE / "benchmarks" / "results"
LABELLED = HOUSE.parent / "shared" / "banehalvdel" / "saetninger.csv"
OWN = HOUSE / "tests" / "feedback" / "banehalvdel_egne.csv"
SEED = 20261122
FOLDS = 5
HELD_OUT = (4, 5)
BARS = {"six": 0.75, "half": 0.90, "flagged": 0.05}
FIRST_SIGHT = {
    1: (0.936, 0.953, 0.042),
    2: (0.773, 0.833, 0.080),
    3: (0.820, 0.900, 0.040),
    4: (0.833, 0.908, 0.050),
    5: (0.933, 0.933, 0.067),
    6: (0.875, 0.932, 0.050),
    7: (0.833, 0.872, 0.077),
    8: (0.811, 0.878, 0.000),
    9: (0.967, 0.983, 0.025),
}
"""Round -> (six, half, flagged) when the rules met it for the first time; round 5 holds own-half sentences only.

The held-out folds were measured six times while the rules grew, and their sentences were not read: (0.903, 0.931,
0.080), (0.889, 0.958, 0.040), (0.917, 0.958, 0.040), (0.917, 0.944, 0.040), (0.931, 0.958, 0.0), (0.931, 0.958, 0.0).
The letters of the demo (416 own-half sentences by others) had 52 flagged at first sight and 11 after a reading of them.
"""
TEXT_LENGTH = 2000
MOST_MS = 50
ROUNDS = 200


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence; `part` names the fold or the round it belongs to."""

    tekst: str
    label: str
    part: str


def labelled(path: Path = LABELLED) -> list[Sentence]:
    """The sentences beside the checkout, each with its fold."""
    rows = _rows(path)
    order = [row["id"] for row in rows]
    Random(SEED).shuffle(order)
    fold = {ident: place % FOLDS + 1 for place, ident in enumerate(order)}
    return [Sentence(row["tekst"], row["label"], f"fold {fold[row['id']]}") for row in rows]


def own() -> list[Sentence]:
    """The project's own sentences, each with its round."""
    return [Sentence(row["tekst"], row["label"], f"runde {row['runde']}") for row in _rows(OWN)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def figures(sentences: list[Sentence]) -> dict[str, Any]:
    """Six labels right, own half right, own-half sentences flagged, and per label; with the confusion matrix."""
    pairs = Counter((one.label, bedoem(one.tekst).label) for one in sentences)
    return figures_of(pairs)


def figures_of(pairs: Counter[tuple[str, str]]) -> dict[str, Any]:
    """The same from counts of (label, answer)."""
    total = sum(pairs.values())
    mine = sum(count for (label, _), count in pairs.items() if label in EGEN)
    flagged = sum(count for (label, found), count in pairs.items() if label in EGEN and found not in EGEN)
    halves = sum(count for (label, found), count in pairs.items() if (label in EGEN) == (found in EGEN))
    return {
        "n": total,
        "six": _share(sum(pairs[label, label] for label in LABELS), total),
        "half": _share(halves, total),
        "flagged": _share(flagged, mine),
        "flagged_of": [flagged, mine],
        "labels": {label: _of_label(pairs, label) for label in LABELS},
        "matrix": {label: [pairs[label, found] for found in LABELS] for label in LABELS},
    }


def _of_label(pairs: Counter[tuple[str, str]], label: str) -> dict[str, float]:
    right = pairs[label, label]
    return {
        "precision": _share(right, sum(pairs[other, label] for other in LABELS)),
        "recall": _share(right, sum(pairs[label, other] for other in LABELS)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def times(sentences: list[Sentence]) -> dict[str, float]:
    """Milliseconds for texts of TEXT_LENGTH characters, made of sentences drawn at random."""
    chance, taken = Random(SEED), []
    for _ in range(ROUNDS):
        text = ""
        while len(text) < TEXT_LENGTH:
            text += chance.choice(sentences).tekst.rstrip(".") + ". "
        begun = time.perf_counter()
        bedoem_tekst(text[:TEXT_LENGTH])
        taken.append((time.perf_counter() - begun) * 1000)
    return spread(taken)


def measure(sentences: list[Sentence], mine: list[Sentence]) -> dict[str, Any]:
    """All figures: each fold, the read and the held-out folds, each round of the own sentences, and the time."""
    held = {f"fold {number}" for number in HELD_OUT}
    first = {f"runde {number}": dict(zip(BARS, seen, strict=True)) for number, seen in FIRST_SIGHT.items()}
    parts = {part: [s for s in sentences + mine if s.part == part] for part in _parts(sentences + mine)}
    return {
        "held out": figures([one for one in sentences if one.part in held]),
        "read": figures([one for one in sentences if one.part not in held]),
        "all labelled": figures(sentences),
        "own": figures(mine),
        **{part: {key: figures(some)[key] for key in ("n", *BARS)} for part, some in parts.items()},
        "first sight": first,
        "ms": times(sentences + mine),
    }


def _parts(sentences: list[Sentence]) -> list[str]:
    return sorted({one.part for one in sentences})


def kept(found: dict[str, Any]) -> bool:
    """Whether the held-out folds keep the bars and the time is within its own."""
    held = found["held out"]
    return bool(
        held["six"] >= BARS["six"]
        and held["half"] >= BARS["half"]
        and held["flagged"] <= BARS["flagged"]
        and found["ms"]["p95"] <= MOST_MS
    )


def shown(found: dict[str, Any]) -> str:
    """The figures for people: a matrix and a line per label for the large parts, one line for the others."""
    lines = []
    for part, one in found.items():
        if part in ("ms", "first sight"):
            lines.append(f"{part} ({TEXT_LENGTH} characters): {one}" if part == "ms" else f"{part}: {one}")
            continue
        lines.append(
            f"{part}: n {one['n']}, six {one['six']}, half {one['half']}, own flagged {one['flagged']}"
        )
        for label, row in one.get("matrix", {}).items():
            per = one["labels"][label]
            counts = " ".join(f"{count:4}" for count in row)
            lines.append(
                f"  {label:12}{counts}   precision {per['precision']:.2f} recall {per['recall']:.2f}"
            )
    return "\n".join(lines)


def main() -> int:
    """Print (and with --save store) the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help="write results/banehalvdel.json")
    save = parser.parse_args().save
    if not LABELLED.is_file():
        print("The labelled sentences do not lie beside the checkout; nothing measured.", file=sys.stderr)
        return 2
    found = measure(labelled(), own())
    print(shown(found))
    if save:
        whole = {"versions": versions(), **found, "passed": kept(found)}
        (RESULTS / "banehalvdel.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0 if kept(found) else 1


if __name__ == "__main__":
    sys.exit(main())
