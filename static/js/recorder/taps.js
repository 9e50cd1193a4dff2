// What a tap means: each function gives the events to add to the log, perhaps none. No DOM.

import { byTap, effective, newEvent, nextNr, redoEvent, undoEvent } from "./log.js";
import { running, uguLoops } from "./measures.js";

/** A state of `taler`: the running one tapped again changes nothing. */
export function tapTaler(events, kode, tMs) {
  return running(events).taler === kode ? [] : [newEvent(events, "taler", kode, tMs)];
}

/** The party that space gives the word: the one who had it before the running one, else the next on the screen. */
export function otherParty(events, parter) {
  const now = running(events).taler;
  const said = effective(events).filter((event) => event.spor === "taler" && parter.includes(event.kode));
  return said.findLast((event) => event.kode !== now)?.kode ?? parter.find((kode) => kode !== now);
}

/** A phase. The first time in the phase emne, emne 1 begins with it. */
export function tapFase(events, kode, tMs) {
  const state = running(events);
  if (state.fase === kode) return [];
  if (kode !== "emne" || state.emne) return [newEvent(events, "fase", kode, tMs)];
  const emne = newEvent(events, "emne", "1", tMs);
  return [emne, newEvent([...events, emne], "fase", kode, tMs)];
}

/** To the next emne (step 1) or the one before (step -1); there is none before the first. */
export function tapEmne(events, step, tMs) {
  const now = Number(running(events).emne) || 0;
  const next = now + step;
  return next < 1 ? [] : [newEvent(events, "emne", String(next), tMs)];
}

/** U or G; the letter that already stands last in this emne's loop changes nothing. */
export function tapUgu(events, kode, tMs) {
  return lastUgu(events) === kode ? [] : [newEvent(events, "ugu", kode, tMs)];
}

/** The U or G that runs in the emne that runs ("" = none): a new emne begins without. */
export function lastUgu(events) {
  const letter = uguLoops(events).at(-1)?.bogstaver.at(-1);
  return letter ? { U: "undersoeg", G: "giv" }[letter] : "";
}

/** A state that began before it was tapped: what the tap would have meant then. */
export function backdate(events, spor, kode, tMs) {
  const then = effective(events).filter((event) => event.t_ms <= tMs);
  const tap = { taler: tapTaler, fase: tapFase, ugu: tapUgu }[spor];
  const first = nextNr(events);
  return tap(then, kode, tMs).map((event, index) => ({ ...event, nr: first + index }));
}

/** An element of a phase: on, and a second tap takes it back. */
export function tapElement(events, kode, tMs) {
  const standing = effective(events).findLast((event) => event.spor === "element" && event.kode === kode);
  return [standing ? undoEvent(events, tMs, standing) : newEvent(events, "element", kode, tMs)];
}

/** A kendetegn or a note: a point each time. */
export function tapPoint(events, spor, kode, tMs) {
  return [newEvent(events, spor, kode, tMs)];
}

/** Take back the last tap: one event, or the phase and the emne that one tap began. */
export function tapUndo(events, tMs) {
  const last = undoEvent(events, tMs);
  if (!last) return [];
  const other = undoEvent([...events, last], tMs);
  return other && sameTap(events, last.kode, other.kode) ? [last, other] : [last];
}

/** Give back what was taken back last, and what hung together with it. */
export function tapRedo(events) {
  const first = redoEvent(events);
  if (!first) return [];
  const second = redoEvent([...events, first]);
  return second && isOneTap(first, second) ? [first, second] : [first];
}

/** The event tapped last that still stands, or null. */
export function lastSaid(events) {
  return effective(events).sort(byTap).at(-1) ?? null;
}

function sameTap(events, laterId, earlierId) {
  const find = (id) => events.find((event) => event.id === id);
  return isOneTap(find(earlierId), find(laterId));
}

function isOneTap(emne, fase) {
  return emne.spor === "emne" && fase.spor === "fase" && fase.kode === "emne" && emne.t_ms === fase.t_ms;
}
