"""CPR numbers on the device: the same answers as on the server, and a note with one is never kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from optager import Optager, of
from playwright.sync_api import expect

from supervision.cpr import ligner_cpr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core"))

from cpr_texts import negatives, positives

pytestmark = pytest.mark.browser

MODULE = "import('/static/js/recorder/cpr.js')"
STORED = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const asked = indexedDB.open(name);
    const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    for (const store of base.objectStoreNames) {
      const all = base.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
    base.close();
  }
  return found.join("");
}"""


@pytest.mark.gate("C10")
def test_a_note_with_one_stays_in_the_field(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    field = page.locator("[data-note-text]")
    optager.note("Mette læste op: 010190-1234")
    expect(page.locator("[data-note-stop]")).to_contain_text("Det ligner et CPR-nummer")
    expect(field).to_have_value("Mette læste op: 010190-1234")
    assert "010190" not in page.evaluate(STORED)
    field.fill("Mette læste op")
    page.get_by_role("button", name="Gem noten").click()
    expect(field).to_be_hidden()
    optager.saved()
    assert of(optager.stored(), "note") == ["Mette læste op"]

    texts = [text for _, text in (*positives(4000, seed=3), *negatives(4000, seed=4))]
    on_device = page.evaluate(f"async (texts) => texts.map((await {MODULE}).lignerCpr)", texts)
    assert on_device == [ligner_cpr(text) for text in texts]
