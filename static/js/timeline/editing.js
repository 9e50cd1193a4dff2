// Mending: a time is chosen by a tap in the picture or in steps of five seconds; the words are asked for only with a note.
// Everything here can be typed and sent without it.

import { clock, read } from "./clock.js";

let field = null;

for (const hidden of document.querySelectorAll("[data-kun-script]")) hidden.hidden = false;

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-tid]")) field = target;
  else if (!target.closest("[data-tidslinje]")) field = null;
});

document.addEventListener("tidslinje:valg", (event) => {
  if (!field?.isConnected) return;
  event.preventDefault();
  field.value = clock(event.detail.tMs - Number(event.target.dataset.startMs));
});

for (const step of document.querySelectorAll("[data-skridt]")) {
  step.addEventListener("click", () => {
    const input = step.parentElement.querySelector("[data-tid]");
    const ms = read(input.value);
    if (!Number.isNaN(ms)) input.value = clock(ms + Number(step.dataset.skridt) * 1000);
  });
}

const kind = document.querySelector("[data-hvad]");
const words = document.querySelector("[data-kun-note]");
const fit = () => { words.hidden = kind.value !== "note:"; };
kind.addEventListener("change", fit);
fit();
