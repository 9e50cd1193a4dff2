// The keyboard on a laptop: space is the other speaker, 1–4 the phases, U and G, ctrl+Z and ctrl+Y, and ? shows them all.
// A button that was reached by the keyboard keeps its own space.

import { dialogIsOpen } from "./dialogs.js";

const UGU = { u: "undersoeg", g: "giv" };

/** acts: { other(), phase(index), letter(kode), act(name) } */
export function listenToKeys(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || dialogIsOpen() || event.target.closest("input, textarea, select")) return;
    const act = actFor(event, acts);
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", ({ detail, target }) => {
    if (detail > 0) target.closest("button")?.blur();
  });
}

function actFor(event, acts) {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && !event.shiftKey) return () => acts.act("fortryd");
    return key === "z" || key === "y" ? () => acts.act("gendan") : null;
  }
  if (event.altKey) return null;
  if (key === " ") return event.target.closest("button, a, summary") ? null : () => acts.other();
  if (key === "?") return () => acts.act("vis_taster");
  if (/^[1-4]$/.test(key)) return () => acts.phase(Number(key) - 1);
  return UGU[key] ? () => acts.letter(UGU[key]) : null;
}
