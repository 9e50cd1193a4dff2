"""The samtale's clock runs on though the device's own is wrong, is set, or changes to summer time."""

from __future__ import annotations

from typing import Any

import pytest
from optager import altered
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.wide]

HOUR = 3_600_000
SPRING, AUTUMN = 1_806_195_570_000, 1_824_944_370_000
"""Half a minute before the clocks in Denmark are set: 28 March and 31 October 2027, 01.59.30 and 02.59.30 there."""
NIGHTS = {"an ordinary day": 1_795_000_000_000, "to summer time": SPRING, "to winter time": AUTUMN}
OFF = {"right": 0, "a day before": -24 * HOUR, "a day after": 24 * HOUR}
SET = {"is left alone": 0, "is put back a day": -24 * HOUR, "is put forward a day": 24 * HOUR}

DRIFT = """async ([began, off, moved]) => {
  const [realNow, realRun] = [Date.now, performance.now.bind(performance)];
  let [wall, run] = [began + off, 1000];
  Date.now = () => wall;
  performance.now = () => run;
  try {
    const { SamtaleClock } = await import("/static/js/recorder/clock.js");
    const clock = new SamtaleClock(wall);
    const times = [];
    for (let minute = 0; minute <= 60; minute += 1) {
      if (minute === 30) wall += moved;
      times.push(clock.now());
      if (minute < 30 || moved < 0) clock.wake();
      wall += 60000;
      run += 60000;
    }
    return Math.max(...times.map((time, minute) => Math.abs(time - minute * 60000)));
  } finally {
    [Date.now, performance.now] = [realNow, realRun];
  }
}"""
"""An hour's samtale: the most that a time lies from what a stopwatch says, in ms. The device never slept."""


def drifts(page: Page) -> dict[str, int]:
    """How far off the times of an hour are, by what the device's clock did."""
    page.goto("/hjaelp")
    return {
        f"{night}, {off}, {moved}": page.evaluate(DRIFT, [began, OFF[off], SET[moved]])
        for night, began in NIGHTS.items()
        for off in OFF
        for moved in SET
    }


@pytest.mark.gate("B7")
def test_an_hour_is_an_hour_whatever_the_device_thinks(live: Any, record_property: Any) -> None:
    found = drifts(live.page_for(None, timezone_id="Europe/Copenhagen"))
    assert {name: ms for name, ms in found.items() if ms > 1000} == {}
    record_property(
        "figure",
        f"{len(found)} wrong clocks, set clocks and DST nights: at most {max(found.values())} ms off",
    )


@pytest.mark.planted("B7")
def test_a_clock_that_asks_the_wall_is_seen(live: Any) -> None:
    page = live.page_for(None, timezone_id="Europe/Copenhagen")
    runs = "return Math.round(this.#offset + performance.now());"
    altered(page, live, "js/recorder/clock.js", runs, "return Date.now() - this.startetAt;")
    found = drifts(page)
    assert {ms for name, ms in found.items() if name.endswith("put back a day")} == {24 * HOUR}
