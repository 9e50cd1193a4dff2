"""The shares of time on jobmål and sagsmål, by who came with it, and by pejlemærke, from the track of the emner."""

from __future__ import annotations

from typing import Any

from made_up_logs import MINUTE, log

from supervision.observationer import measures
from supervision.observationer.timeline.emnetid import UANGIVET, emnetid

LOG = log(
    (0, "ur", "start"),
    (1 * MINUTE, "faerdighed", "k_tid"),
    (2 * MINUTE, "emne", "1"),
    (4 * MINUTE, "ur", "pause"),
    (6 * MINUTE, "ur", "genoptag"),
    (8 * MINUTE, "emne", "2"),
    (9 * MINUTE, "faerdighed", "no_spoerger"),
    (10 * MINUTE, "emne", "1"),
    (10 * MINUTE, "faerdighed", "no_spoerger"),
    (11 * MINUTE, "emne", ""),
    (15 * MINUTE, "emne", "3"),
    (16 * MINUTE, "faerdighed", "sm_dato"),
    (20 * MINUTE, "ur", "slut"),
    (25 * MINUTE, "emne", "4"),
)


def shares(noted: dict[str, Any], which: str = "maal") -> dict[str, tuple[int, float]]:
    return {d.kode: (d.ms // MINUTE, d.andel) for d in getattr(emnetid(LOG, noted), which)}


def test_pauses_are_out_and_an_emne_counts_with_all_its_runs() -> None:
    assert measures.active_ms(LOG, "emne") == {"1": 5 * MINUTE, "2": 2 * MINUTE, "3": 5 * MINUTE}
    found = shares({"maal_1": "jobmaal", "maal_2": "sagsmaal", "maal_3": "jobmaal"})
    assert found == {"jobmaal": (10, 0.8333), "sagsmaal": (2, 0.1667), "andet": (0, 0.0)}
    assert emnetid(LOG, {}).ms == 12 * MINUTE, (
        "time without an emne, and after the end, is in none of the figures"
    )


def test_what_nobody_placed_stands_last() -> None:
    assert shares({"maal_3": "jobmaal", "maal_9": "andet"}) == {
        "jobmaal": (5, 0.4167),
        "sagsmaal": (0, 0.0),
        "andet": (0, 0.0),
        UANGIVET: (7, 0.5833),
    }
    assert shares({"hvis_1": "borger", "hvis_2": "medarbejder", "hvis_3": "x"}, "hvis") == {
        "borger": (5, 0.4167),
        "medarbejder": (2, 0.1667),
        UANGIVET: (5, 0.4167),
    }


def test_pejlemaerker_are_states_with_what_was_ticked_in_them() -> None:
    assert emnetid(LOG, {"maal_1": "jobmaal"}).pm == ()
    found = emnetid(LOG, {"pm_1": "1", "pm_2": "4", "pm_3": "1"})
    assert [(d.kode, d.ms // MINUTE) for d in found.pm] == [("1", 10), ("2", 0), ("3", 0), ("4", 2)]
    assert found.kryds == {"1": {"no_spoerger": 1, "sm_dato": 1}, "2": {}, "3": {}, "4": {"no_spoerger": 1}}


def test_a_log_without_emner_has_no_time() -> None:
    found = emnetid(log((0, "ur", "start"), (5 * MINUTE, "ur", "slut")), {"maal_1": "jobmaal"})
    assert found.ms == 0
    assert [d.andel for d in found.maal] == [0.0, 0.0, 0.0]
