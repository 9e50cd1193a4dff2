// The dialogs: a note, the summary before the end, and what the server would not take.

import { lignerCpr } from "../cpr.js";
import { maal, running } from "../measures.js";
import { clock, duration, eventWords, percent } from "../words.js";

/** Dialogs close by their own button, by Escape, and give the focus back (the browser does that). */
export function openDialog(name) {
  const dialog = document.querySelector(`[data-dialog=${name}]`);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

export function closeDialogs() {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
}

/** Whether a dialog has the screen (then keys are its own). */
export function dialogIsOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/** Ask for a note; `save(text)` gets what was written. shownMs: the time that stands beside it; about: what it is to. */
export function askForNote(shownMs, save, about = "") {
  const dialog = openDialog("note");
  const text = dialog.querySelector("[data-note-text]");
  dialog.querySelector("[data-note-time]").textContent = clock(shownMs);
  dialog.querySelector("[data-note-about]").textContent = about && ` til ${about}`;
  const stop = dialog.querySelector("[data-note-stop]");
  text.value = "";
  stop.hidden = true;
  text.focus();
  dialog.querySelector("[data-note-form]").onsubmit = (event) => {
    const written = text.value.trim();
    stop.hidden = !lignerCpr(written);
    text.setAttribute("aria-invalid", String(!stop.hidden));
    if (!stop.hidden) {
      event.preventDefault();
      text.focus();
    } else if (written) save(written);
  };
}

/** Show what the samtale came to (events with their `ur slut`), and what still runs. */
export function showSummary(events, before, { parter, navne }) {
  const dialog = openDialog("afslut");
  const figures = maal(events);
  dialog.querySelector("[data-summary]").replaceChildren(...summaryRows(figures, parter, navne.taler).flatMap(row));
  const still = stillRunning(running(before), navne);
  const words = dialog.querySelector("[data-still-running]");
  words.hidden = !still;
  words.querySelector("[data-still]").textContent = still;
}

function summaryRows(figures, parter, names) {
  const spoken = parter.filter((kode) => kode in figures.taletid_ms);
  const ticks = Object.values(figures.faerdigheder).reduce((sum, count) => sum + count, 0);
  return [
    ["Varighed", duration(figures.varighed_ms), ["varighed", figures.varighed_ms]],
    ...spoken.map((kode) => [
      names[kode],
      `${duration(figures.taletid_ms[kode])}, ${percent(figures.taletid_andel[kode] ?? 0)}`,
      [kode, figures.taletid_ms[kode]],
    ]),
    ["UGU", uguWords(figures.ugu), ["indrammet", figures.ugu.indrammet]],
    ["Kryds", ticks ? String(ticks) : "ingen", ["kryds", ticks]],
  ];
}

function uguWords({ giv, indrammet }) {
  if (!giv) return "ingen G";
  if (giv === 1) return indrammet ? "én G med U på begge sider" : "én G, der mangler et U";
  return `${giv} G, ${indrammet} med U på begge sider`;
}

function row([label, words, [name, value]]) {
  const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = label;
  detail.textContent = words;
  detail.dataset.figure = name;
  detail.dataset.value = value;
  return [term, detail];
}

function stillRunning({ taler, fase, emne, pause }, navne) {
  const parts = [];
  if (taler) parts.push(eventWords({ spor: "taler", kode: taler }, navne));
  if (fase) parts.push(eventWords({ spor: "fase", kode: fase }, navne));
  if (emne) parts.push(`Emne ${emne}`);
  if (pause) parts.push("Pause");
  return parts.length ? `${parts.join(", ")}.` : "";
}

/** List what the server refused, with its reason. */
export function showRefused(refused, names) {
  const items = refused.map((record) => {
    const item = document.createElement("li");
    item.textContent = `${eventWords(record, names)}: ${record.grund}`;
    return item;
  });
  openDialog("afviste").querySelector("[data-refused-list]").replaceChildren(...items);
}
