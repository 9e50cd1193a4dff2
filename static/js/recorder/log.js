// The event log: new events, taking back and giving back. No DOM, no storage, no clock.
//
// An event is { id, nr, t_ms, spor, kode }; events are never changed or removed. A log is an array of them in
// any order. The server's twin is supervision/observationer/measures.py (effective) and rules.py.

export const UGU_BOGSTAVER = { undersoeg: "U", giv: "G" };
export const PARTER = ["medarbejder", "borger", "medarbejder2", "tredje"];

/**
 * A UUID of which the first 48 bits are the event's number and 74 are chance (version 8: a layout of one's own).
 *
 * Events of one batch then lie beside each other in the key of the server's table, and are written as one page and
 * not as one page each. `crypto.randomUUID` would also be missing on plain http.
 */
export function newId(nr) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = nr; place >= 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The number for the next event: one above the highest so far. */
export function nextNr(events) {
  return events.reduce((highest, event) => Math.max(highest, event.nr), -1) + 1;
}

/** A new event to add to the log; `tMs` may lie earlier than now (backdating), never before 0. */
export function newEvent(events, spor, kode, tMs) {
  const nr = nextNr(events);
  return { id: newId(nr), nr, t_ms: Math.max(0, Math.round(tMs)), spor, kode };
}

/** The order of measures: time, then number, then id (two devices may use the same number). */
export function byTime(a, b) {
  return a.t_ms - b.t_ms || byTap(a, b);
}

/** The order in which things were tapped; backdating does not move them. */
export function byTap(a, b) {
  return a.nr - b.nr || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** A reading of a log, kept for as long as somebody has the log: one draw asks for the same many times. */
export function once(read) {
  const kept = new WeakMap();
  return (events) => {
    if (!kept.has(events)) kept.set(events, read(events));
    return kept.get(events);
  };
}

const standing = once(findStanding);

/** The events that still stand, by time; no fortryd, nothing taken back, no id twice. A new array each time. */
export function effective(events) {
  return [...standing(events)];
}

function findStanding(events) {
  const gone = new Set(events.filter((e) => e.spor === "fortryd").map((e) => e.kode.toLowerCase()));
  const seen = new Set();
  return events
    .filter((event) => event.spor !== "fortryd" && !gone.has(event.id))
    .sort(byTime)
    .filter((event) => !seen.has(event.id) && seen.add(event.id));
}

/** What Fortryd takes back: the event tapped last that still stands, or null. The start is never taken back. */
export function undoTarget(events) {
  const found = effective(events).filter((e) => !(e.spor === "ur" && e.kode === "start"));
  return found.sort(byTap).at(-1) ?? null;
}

/** The event that takes `target` back (default: the last one); null when there is nothing. */
export function undoEvent(events, tMs, target = undoTarget(events)) {
  return target && newEvent(events, "fortryd", target.id, tMs);
}

/**
 * What Gendan brings back, or null: an event that was taken back and whose spor, kode and t_ms a new event repeats.
 * Read from the log alone, so it survives a reload: in the order of tapping, a fortryd lays its event on a stack,
 * a new event like the top one takes it off (that was the redo), and any other new event empties the stack.
 */
export function redoTarget(events) {
  const known = new Map();
  const stack = [];
  for (const event of [...events].sort(byTap)) {
    const id = event.spor === "fortryd" ? event.kode.toLowerCase() : event.id;
    if (event.spor === "fortryd") {
      if (known.has(id)) stack.push(known.get(id));
      known.delete(id);
    } else {
      known.set(id, event);
      if (isSame(stack.at(-1), event)) stack.pop();
      else stack.length = 0;
    }
  }
  return stack.at(-1) ?? null;
}

/** The event that brings the last one back; null when there is nothing. */
export function redoEvent(events) {
  const target = redoTarget(events);
  return target && newEvent(events, target.spor, target.kode, target.t_ms);
}

function isSame(a, b) {
  return a !== undefined && a.spor === b.spor && a.kode === b.kode && a.t_ms === b.t_ms;
}
