// Watches over the writer's own half of the court while they write: after a sentence, never in the middle of one. It can be
// switched off, blocks nothing, and asks nobody but a worker on this device.

import { Field } from "./field.js";
import { Judge } from "./judge.js";
import { Switch } from "./switch.js";

const SOON_MS = 500;
const PAUSE_MS = 2500;
const FINISHED = /[.!?…][»«”“"')\]]*$/;

const form = document.querySelector("[data-skriv]");
const siger = form.querySelector("[data-bane-siger]");
const starters = new Set(Array.from(form.querySelectorAll("[data-starter]"), (one) => one.dataset.starter.trim()));
const fields = new WeakMap();
const judge = new Judge();
const turnedOn = new Switch(form.querySelector("[data-bane-valg]"), (on) => (on ? begin() : end()));

/** What has its place in the field's area beside what stands on one's own half. */
const welcome = (area) => area.closest("[data-omraade]").dataset.velkommen.split(" ");
const openDrawers = Array.from(form.querySelectorAll("[data-er-skuffe]"), (area) => area.dataset.omraade);

function fieldOf(area) {
  if (!fields.has(area)) {
    const field = new Field(area.closest("[data-punkt]"), siger);
    field.word.open = openDrawers;
    fields.set(area, Object.assign(field, { timers: [] }));
  }
  return fields.get(area);
}

const written = () => [...form.querySelectorAll("[data-tekst]")].filter((area) => area.value.trim());

/** whole: the writer rests or has left the field, so that the last words count as well. */
async function check(area, whole) {
  const field = fieldOf(area);
  const tekst = area.value;
  const domme = tekst.trim() ? await judge.ask(tekst) : [];
  if (!turnedOn.on || area.value !== tekst || field.word.rewriting) return;
  const outside = domme.filter(({ egen, label }) => !egen && !welcome(area).includes(label));
  field.mark(outside.filter((dom) => ready(dom, field, whole)));
}

/** A sentence is done when it has its mark or something after it. What is not done may still become concrete. */
function ready({ label, fra, til }, field, whole) {
  const { value } = field.area;
  const words = value.slice(fra, til);
  if (FINISHED.test(words) || value.slice(til).trim() || field.marks(words)) return true;
  return whole && !starters.has(words) && (label !== "ukonkret" || document.activeElement !== field.area);
}

function later(area) {
  const field = fieldOf(area);
  field.timers.forEach(clearTimeout);
  field.timers = [[SOON_MS, false], [PAUSE_MS, true]].map(([ms, whole]) => setTimeout(() => check(area, whole), ms));
}

function begin() {
  judge.start();
  for (const area of written()) check(area, true);
}

function end() {
  judge.stop();
  for (const area of form.querySelectorAll("[data-tekst]")) {
    fields.get(area)?.timers.forEach(clearTimeout);
    fields.get(area)?.clear();
  }
}

const ofText = (act) => ({ target }) => turnedOn.on && "tekst" in target.dataset && act(target);

form.addEventListener("input", ofText((area) => {
  const field = fieldOf(area);
  field.word.settle();
  field.follow();
  later(area);
}));
form.addEventListener("focusin", ofText((area) => fields.has(area) || check(area, true)));
form.addEventListener("focusout", ofText((area) => check(area, true)));
form.addEventListener("keyup", ofText((area) => fieldOf(area).point()));
form.addEventListener("click", ofText((area) => fieldOf(area).point()));
