// The timeline: hover and arrow keys tell a mark in words; a tap, a click or Enter chooses its moment; it can be drawn closer.
// Choosing sends "tidslinje:valg" {tMs, tekst, spor}; unless it is prevented, the page jumps to the moment's row in the table.

import { Axis } from "./timeline/axis.js";
import { Jumps } from "./timeline/jumps.js";
import { Marks } from "./timeline/marks.js";
import { followLinks, toRow } from "./timeline/rows.js";
import { View } from "./timeline/view.js";

for (const stage of document.querySelectorAll("[data-tidslinje]")) {
  const frame = stage.closest(".tl");
  const view = new View(stage, frame, new Axis(stage));
  const marks = new Marks(stage, view, toRow);
  new Jumps(frame, marks, view);
  followLinks(marks, view);
}
