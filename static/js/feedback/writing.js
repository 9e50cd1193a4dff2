// Writing feedback: starters, moments and points without a page load, saved as you write. Without it every button still works.

import { Kept } from "./kept.js";
import { Moments } from "./moments.js";
import { Points } from "./points.js";
import { putBack } from "./restoring.js";
import { Saving } from "./saving.js";

const AGAIN_MS = 10_000;
const form = document.querySelector("[data-skriv]");
const points = new Points(form);
const moments = new Moments(form, points);
const kept = new Kept(form, document.querySelector("meta[name=signed-in]").content);
const saving = new Saving(form, document.querySelector("p[data-gemt]"), kept.possible ? kept : null);

for (const hint of document.querySelectorAll("[data-kun-script]")) hint.hidden = false;

const box = document.querySelector("[data-tidslinje-boks]");
const wide = matchMedia("(min-width: 1100px)");
const fit = () => { box.open = wide.matches || box.open; };
wide.addEventListener("change", fit);
fit();

form.addEventListener("input", (event) => {
  points.grow(event.target);
  moments.show(event.target);
  saving.soon();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { starter, flyt } = button.dataset;
  if (starter) points.begin(button.closest("[data-omraade]"), starter);
  else if (flyt) points.move(button.closest("[data-punkt]"), flyt);
  else if ("slet" in button.dataset) points.take(button.closest("[data-punkt]"), () => saving.soon());
  else if ("gem" in button.dataset) saving.now();
  else return;
  event.preventDefault();
  if (!("gem" in button.dataset)) saving.soon();
});

// Whoever writes before the page's scripts are there is not left behind.
const early = [...form.querySelectorAll("[data-tekst]")].filter((field) => field.value !== field.defaultValue);
for (const field of early) points.grow(field);
if (early.length) saving.soon();

if (kept.possible) {
  restore();
  kept.tidy().catch(() => {});
}

/** Until the server has answered: what is kept here lies beside what is written meanwhile. */
function restore() {
  putBack(kept, points, moments).then(async (found) => {
    if (found) document.querySelector("[data-genoprettet]").hidden = false;
    if (found || saving.unsaved) saving.soon();
    else await kept.drop();
  }).catch(() => setTimeout(restore, AGAIN_MS));
}

document.addEventListener("tidslinje:valg", (event) => {
  if (!moments.hang(event.detail)) return;
  event.preventDefault();
  saving.soon();
});
