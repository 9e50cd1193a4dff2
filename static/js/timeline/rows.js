// Between the picture and the table: a moment's row, and from a row's time back to the place in the picture.

import { timeOf } from "./marks.js";

/** Open the table and put the focus on the row of the moment, of this track if it has one, else on the last one before. */
export function toRow(tMs, spor) {
  const rows = [...document.querySelectorAll("[data-tidslinje-tabel] tr[data-t-ms]")];
  const there = rows.filter((row) => timeOf(row) === tMs);
  const row = there.find((one) => one.dataset.spor === spor) ?? there[0] ?? rows.findLast((one) => timeOf(one) < tMs) ?? rows[0];
  if (!row) return;
  for (let box = row.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  history.pushState(null, "", `#${row.id}`);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

/** Let the links of the table ([data-vis]: a time) show their place in the picture. */
export function followLinks(marks, view) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tidslinje-tabel] [data-vis]");
    if (!link) return;
    event.preventDefault();
    const tMs = Number(link.dataset.vis);
    view.frame.scrollIntoView({ block: "nearest" });
    marks.stage.focus({ preventScroll: true });
    view.axis.mark(tMs);
    view.bringIn(tMs);
    const there = marks.lanes.flat().filter((one) => timeOf(one) === tMs);
    const { spor } = link.closest("tr").dataset;
    const mark = there.find((one) => one.closest("[data-bane]").dataset.bane.startsWith(`${spor}:`)) ?? there[0];
    if (mark) marks.go(mark);
  });
}
