// What has been logged, for a list that people can mend: which events to show, and moving one in time. No DOM.

import { byTime, effective, newEvent, undoEvent } from "./log.js";

/** { event, gone } by time, newest first: those that stand, and those taken back and not put again elsewhere. */
export function listed(events, wanted = () => true) {
  const standing = effective(events);
  const ids = new Set(standing.map((event) => event.id));
  const gone = events.filter((e) => e.spor !== "fortryd" && !ids.has(e.id) && !isPutAgain(events, e));
  return [...standing, ...gone]
    .filter(wanted)
    .sort((a, b) => byTime(b, a))
    .map((event) => ({ event, gone: !ids.has(event.id) }));
}

/** Take one event back and log it anew at tMs (not before the start, not after now); nothing when that is no change. */
export function moved(events, event, tMs, nowMs) {
  const wanted = Math.min(Math.max(0, Math.round(tMs)), nowMs);
  if (wanted === event.t_ms) return [];
  const taken = undoEvent(events, nowMs, event);
  return [taken, newEvent([...events, taken], event.spor, event.kode, wanted)];
}

/** The samtale's start stands fast; everything else may be taken back. */
export function mayChange({ spor, kode }) {
  return spor !== "ur" || kode !== "start";
}

/** A moved event was logged again right after its fortryd, a redone one at its own time: it lives on there. */
function isPutAgain(events, gone) {
  const taken = events.find((event) => event.spor === "fortryd" && event.kode.toLowerCase() === gone.id);
  return events.some(
    (event) =>
      event.spor === gone.spor && event.kode === gone.kode && event.nr > taken.nr &&
      (event.nr === taken.nr + 1 || event.t_ms === gone.t_ms),
  );
}
