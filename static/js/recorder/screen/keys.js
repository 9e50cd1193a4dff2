// The keyboard on a laptop: space is the other speaker, 1–4 the phases, U and G, ctrl+Z and ctrl+Y, and ? shows them all.
// The letters on the tiles tick. A button that was reached by the keyboard keeps its own space. Keys of one letter can be
// switched off (WCAG 2.1.4): for whoever speaks to the machine, or rests a hand on it.

import { dialogIsOpen } from "./dialogs.js";

const OFF = "supervision-uden-bogstaver";
const UGU = { u: "undersoeg", g: "giv" };

/** acts: { other(), phase(index), letter(kode), tile(letter), act(name) } */
export function listenToKeys(acts) {
  const lettersOn = letterSwitch();
  document.addEventListener("keydown", (event) => {
    if (event.repeat || dialogIsOpen() || isWritten(event.target)) return;
    const act = actFor(event, acts, lettersOn());
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", ({ detail, target }) => {
    if (detail > 0) target.closest("button")?.blur();
  });
}

/** Whether keys are written in the field; for one frame a field of a dialog just closed still has the focus, unseen. */
function isWritten(target) {
  return target.closest("input, textarea, select")?.checkVisibility() ?? false;
}

/** The switch on the sheet of keys; remembered by the browser. */
function letterSwitch() {
  const box = document.querySelector("[data-letter-keys]");
  const show = () => document.body.toggleAttribute("data-no-letters", !box.checked);
  box.checked = !wasOff();
  box.addEventListener("change", () => {
    noteOff(!box.checked);
    show();
  });
  show();
  return () => box.checked;
}

function wasOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // A browser that keeps nothing also forgets this.
  }
}

function noteOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // As above: it holds until the page is left.
  }
}

function actFor(event, acts, lettersOn) {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && !event.shiftKey) return () => acts.act("fortryd");
    return key === "z" || key === "y" ? () => acts.act("gendan") : null;
  }
  if (event.altKey) return null;
  if (key === " ") return event.target.closest("button, a, summary") ? null : () => acts.other();
  if (key === "?") return () => acts.act("vis_taster");
  if (lettersOn && /^[1-4]$/.test(key)) return () => acts.phase(Number(key) - 1);
  if (!lettersOn || !/^[a-z]$/.test(key)) return null;
  return UGU[key] ? () => acts.letter(UGU[key]) : () => acts.tile(key);
}
