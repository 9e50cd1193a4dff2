"""Ticks in the models: once in the log, once in each model, and "not agreed" is never "0"."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from made_up_logs import MINUTE, log

from supervision.katalog.content import load_katalog
from supervision.katalog.rules.modeller import Model, Raekkefoelge
from supervision.observationer import measures
from supervision.observationer.rules import Haendelse
from supervision.observationer.timeline import niveauer, picture
from supervision.observationer.timeline.foer import Forud, moments_of
from supervision.observationer.timeline.loops import Vaerdiloop, vaerdiloops
from supervision.observationer.timeline.modeller import ModelTal, StedTal, count_models, list_ticks

MODELLER = load_katalog().modeller.modeller
MODSTAND = Raekkefoelge("modstand", "Lige før modstand", "Fordi.", ("fu_modstand",))
GIV = Raekkefoelge("raad", "Lige før råd", "Fordi.", ("raad",), giv=True)


def counted(events: list[Haendelse], aftalt: list[str] | None) -> dict[str, ModelTal]:
    return {tal.model.key: tal for tal in count_models(events, MODELLER, aftalt)}


def place(tal: ModelTal, key: str) -> StedTal:
    return next(sted for sted in tal.steder if sted.sted.key == key)


def ticks(*rows: tuple[int, str]) -> list[Haendelse]:
    return log(
        (0, "ur", "start"), *((t_ms, "faerdighed", kode) for t_ms, kode in rows), (40 * MINUTE, "ur", "slut")
    )


def test_a_tick_counts_once_in_the_log_and_once_in_each_of_its_models() -> None:
    events = ticks((MINUTE, "mi_scenarie"), (2 * MINUTE, "mi_scenarie"), (3 * MINUTE, "de_fakta"))
    tal = counted(events, ["mi_scenarie", "de_fakta"])
    assert {key: sum(sted.antal for sted in model.steder) for key, model in tal.items()} == {
        "karl_tomm": 3,
        "loesningsfokus": 2,
        "pejlemaerker": 3,
        "cabi_ni_trin": 3,
    }
    assert place(tal["karl_tomm"], "fremtidsforsker").antal == 2
    assert place(tal["pejlemaerker"], "forebyg").antal == 2
    assert measures.maal(events)["faerdigheder"] == {"de_fakta": 1, "mi_scenarie": 2}
    where = {
        hvor.kryds.kode: (hvor.kryds.antal, len(hvor.modeller)) for hvor in list_ticks(events, MODELLER, [])
    }
    assert where == {"mi_scenarie": (2, 4), "de_fakta": (1, 3)}


def test_not_agreed_is_something_else_than_nought() -> None:
    tal = counted(ticks((MINUTE, "ka_tid")), ["ka_tid", "de_fakta"])["karl_tomm"]
    assert {sted.sted.key: (sted.tilstand, sted.antal) for sted in tal.steder} == {
        "detektiv": ("nul", 0),
        "kaptajn": ("talt", 1),
        "antropolog": ("ikke_aftalt", 0),
        "fremtidsforsker": ("ikke_aftalt", 0),
    }
    job = counted([], ["js_vendt"])["jobmaal_sagsmaal"]
    assert [sted.tilstand for sted in job.steder] == ["uden_kryds", "nul", "ikke_aftalt"]


def test_only_models_that_somebody_looked_for_are_shown_and_a_stray_tick_is_not_lost() -> None:
    assert counted(ticks(), ["rb_nr"]) == {}
    assert list_ticks(ticks(), MODELLER, ["rb_nr"])[0].modeller == ()
    stray = counted(ticks((MINUTE, "js_tid")), ["rb_nr"])
    assert list(stray) == ["jobmaal_sagsmaal"]
    assert [(k.kode, k.antal, k.aftalt) for k in place(stray["jobmaal_sagsmaal"], "job").kryds] == [
        ("js_tid", 1, False)
    ]


def test_of_a_log_without_a_kontrakt_nobody_knows_what_was_looked_for() -> None:
    events = ticks((MINUTE, "aabent_spoergsmaal"), (MINUTE, "lukket_spoergsmaal"))
    tal = counted(events, None)
    assert list(tal) == ["lytning"]
    ((aabne, lukkede),) = tal["lytning"].forhold
    assert (aabne.antal, lukkede.antal) == (1, 1)
    assert place(tal["lytning"], "spejling").tilstand == "ukendt"
    assert lukkede.kryds[0].aftalt is None


def test_both_sides_of_a_pair_are_counted_and_a_kendetegn_of_another_method_does_not_bring_the_table_up() -> (
    None
):
    aftalt = ["ks_du", "ks_jeg", "aab_hv", "tt_afbrydelse", "ks_krav"]
    tal = counted(
        ticks((MINUTE, "ks_du"), (2 * MINUTE, "ks_jeg"), (3 * MINUTE, "ks_jeg"), (4, "aab_hv")), aftalt
    )
    pairs = [(left.antal, right.antal) for left, right in tal["konfliktsprog"].par]
    assert pairs == [(1, 2), (0, 0), (0, 1), *[(0, 0)] * 5]
    states = [(left.tilstand, right.tilstand) for left, right in tal["konfliktsprog"].par]
    assert states[:3] == [("talt", "talt"), ("nul", "ikke_aftalt"), ("ikke_aftalt", "talt")]
    assert "konfliktsprog" not in counted([], ["aab_hv", "tt_afbrydelse", "mg_behov"])
    assert "redskaber" not in counted([], ["sm_dato", "abc_a"]), (
        "SMART and ABC alone are no redskab on the table"
    )
    found = counted(ticks((MINUTE, "pu_dialog"), (MINUTE, "sm_dato")), ["pu_dialog"])["redskaber"]
    assert [sted.antal for sted in found.steder] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_a_side_that_nobody_looked_for_is_not_told_against_the_other() -> None:
    ((aabne, lukkede),) = counted(ticks((MINUTE, "aab_hv")), ["aab_hv"])["lytning"].forhold
    assert (aabne.aftalt_eller_krydset, lukkede.aftalt_eller_krydset) == (True, False)


def test_ticks_lie_along_the_samtale_and_a_place_names_its_tools() -> None:
    events = ticks((10 * MINUTE, "lh_tegnet"), (20 * MINUTE, "k_formaal"), (40 * MINUTE, "p1_oenske"))
    tal = counted(events, ["lh_tegnet", "p2_styrke"])["pejlemaerker"]
    fokuser = place(tal, "fokuser")
    assert [(prik.t_ms, prik.x) for prik in fokuser.prikker] == [
        (10 * MINUTE, 25.0), (20 * MINUTE, 50.0), (40 * MINUTE, 100.0),
    ]  # fmt: skip
    assert [sted.sted.key for sted in tal.langs_tiden] == ["fokuser"]
    tools = {one.redskab.key: (one.antal, one.i_brug, one.redskab.lokalt) for one in fokuser.redskaber}
    assert tools["livshjul"] == (1, True, True)
    assert tools["kt_detektiv"] == (0, False, False)
    assert counted(events, ["r_rammer"])["firer"].langs_tiden == ()
    groups = counted([], ["pr_intention"])["reformulering"].grupper
    assert [(navn, len(steder)) for navn, steder in groups] == [
        ("Positiv reformulering", 4),
        ("Skånehensyn", 4),
    ]


def test_the_two_levels_have_their_shares_and_switches_and_a_pause_is_of_neither() -> None:
    found = niveauer(
        log(
            (0, "fase", "kontrakt"),
            (1000, "fase", "emne"),
            (4000, "ur", "pause"),
            (6000, "ur", "genoptag"),
            (7000, "fase", ""),
            (8000, "fase", "emne"),
            (9000, "fase", "timeout"),
            (10_000, "fase", "afslutning"),
            (12_000, "ur", "slut"),
        )
    )
    assert found is not None
    assert (found.proces_ms, found.indhold_ms, found.skift) == (4000, 5000, 2)
    assert found.proces_andel == pytest.approx(4 / 9)
    assert niveauer(ticks((1000, "sm_dato"))) is None


def test_only_those_who_take_part_have_a_lane_when_they_said_nothing() -> None:
    events = log((0, "taler", "medarbejder"), (9000, "ur", "slut"))

    def lanes(*parter: str) -> list[str]:
        return [bane.navn for bane in picture(events, lambda spor, kode: kode, parter).baner]

    assert lanes("medarbejder", "tredje") == ["medarbejder", "tredje"]
    assert lanes("medarbejder", "borger") == ["medarbejder", "borger"]


def test_a_vaerdiloop_has_rounds_and_may_end_with_a_choice() -> None:
    events = ticks(
        (1000, "vl_prioritet"), (2000, "vl_start"), (3000, "vl_runder"), (3500, "vl_omgivelser"), (4000, "vl_runder"),
        (5000, "vl_prioritet"), (6000, "vl_runder"), (7000, "vl_start"), (8000, "vl_prioritet"), (9000, "vl_prioritet"),
    )  # fmt: skip
    assert vaerdiloops(events) == (
        Vaerdiloop(2000, 5000, 3, valgt=True),
        Vaerdiloop(6000, 6000, 1),
        Vaerdiloop(7000, 8000, 1, valgt=True),
    )
    assert vaerdiloops([]) == ()


def test_what_was_taken_back_or_lies_outside_is_gone_and_what_fell_in_a_pause_stays() -> None:
    events = log(
        (1000, "ur", "start"),
        (500, "faerdighed", "sm_dato"),
        (2000, "faerdighed", "sm_dato"),
        (3000, "ur", "pause"),
        (4000, "faerdighed", "sm_dato"),
        (5000, "ur", "genoptag"),
        (6000, "faerdighed", "sm_dato"),
        (9000, "ur", "slut"),
        (9500, "faerdighed", "sm_dato"),
    )
    undone = Haendelse(UUID(int=99), 99, 7000, "fortryd", str(events[6].id))
    tal = counted([*events, undone], ["sm_dato"])["smart"]
    assert place(tal, "t").antal == 2
    assert counted(list(reversed([*events, undone])), ["sm_dato"])["smart"] == tal
    assert counted(events, ["sm_dato"])["smart"] != tal


def test_the_log_tells_the_phases_and_the_letters_beside_the_ticks() -> None:
    events = log(
        (0, "fase", "kontrakt"),
        (1000, "fase", "emne"),
        (1000, "emne", "1"),
        (2000, "ugu", "giv"),
        (3000, "ugu", "undersoeg"),
        (4000, "ugu", "giv"),
        (9000, "ur", "slut"),
    )
    tal = counted(events, ["u1_viden", "k_tid"])
    assert [sted.log_ord for sted in tal["ugu"].felter] == ["U før ét G", "2 G i loggen", "U efter ét G"]
    assert place(tal["ugu"], "foer").tilstand == "nul"
    cabi = tal["cabi_ni_trin"]
    assert place(cabi, "trin_3").log_ord == "én kontraktfase i loggen"
    assert place(cabi, "trin_9").log_ord == "ingen afslutning i loggen"
    assert place(cabi, "trin_1").log_ord == ""
    assert [len(part) for part in (cabi.felter, tal["ugu"].bund)] == [9, 2]


def test_what_came_just_before_is_the_last_of_each_within_a_minute_nearest_first() -> None:
    events = log(
        (0, "ur", "start"),
        (100_000, "faerdighed", "no_spoerger"),
        (110_000, "fase", "timeout"),
        (120_000, "ugu", "giv"),
        (130_000, "faerdighed", "sm_dato"),
        (150_000, "faerdighed", "fu_modstand"),
        (170_000, "faerdighed", "fu_modstand"),
        (231_000, "faerdighed", "fu_modstand"),
        (400_000, "ur", "slut"),
        (400_001, "faerdighed", "fu_modstand"),
    )
    first, second, alone = moments_of(events, MODSTAND)
    assert first.forud == (
        Forud("faerdighed", "sm_dato", 20_000),
        Forud("ugu", "giv", 30_000),
        Forud("fase", "timeout", 40_000),
    )
    assert second.forud[0] == Forud("faerdighed", "fu_modstand", 20_000)
    assert [f.ms for f in second.forud] == [20_000, 50_000, 60_000], "a whole minute is just before, no more"
    assert alone.forud == ()
    assert first.bagefter == (), "what came after is told only where it is asked for"
    told = moments_of(events, replace(MODSTAND, efter=True))
    assert [o.forud for o in told] == [first.forud, second.forud, ()]
    assert told[0].bagefter == (Forud("faerdighed", "fu_modstand", 20_000),)
    assert told[1].bagefter == (), "61 seconds later is not just after"


def test_a_g_is_a_moment_when_it_begins_and_only_where_it_is_asked_for() -> None:
    events = log(
        (0, "emne", "1"),
        (1000, "ugu", "undersoeg"),
        (5000, "ugu", "giv"),
        (6000, "ugu", "giv"),
        (7000, "emne", "2"),
        (7000, "ugu", "giv"),
        (7000, "faerdighed", "raad"),
        (9000, "ur", "slut"),
    )
    found = moments_of(events, GIV)
    assert [(o.t_ms, o.spor) for o in found] == [(5000, "ugu"), (7000, "ugu"), (7000, "faerdighed")]
    assert [o.forud[0] for o in found] == [
        Forud("ugu", "undersoeg", 4000),
        Forud("ugu", "giv", 2000),
        Forud("ugu", "giv", 0),
    ]
    assert moments_of(events, replace(GIV, giv=False)) == found[2:]
    assert moments_of([], GIV) == ()


@pytest.mark.parametrize("model", MODELLER, ids=lambda model: model.key)
def test_every_place_counts_its_own(model: Model) -> None:
    every = sorted(model.koder)
    tal = counted(ticks(*((1000 * nr, kode) for nr, kode in enumerate(every))), every)[model.key]
    assert [sted.antal for sted in tal.steder] == [len(sted.koder) for sted in model.steder]
    assert sum(sted.antal for sted in tal.steder) == len(every)
