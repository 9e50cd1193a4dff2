// From event log to figures, for the live screen. The twin of supervision/observationer/measures.py, which tells
// what every rule means and settles the doubtful ones; tests/vectors hold both to the same answers. No DOM.

import { PARTER, effective } from "./log.js";
import { activeMs, loops, prepare, runs } from "./runs.js";

/** All measures of one log, with the keys of the format. */
export function maal(events) {
  return measure(prepare(events));
}

/** The same as if the samtale ended at `nowMs` (a logged end wins; now is never before the last event). */
export function ongoing(events, nowMs) {
  return measure(prepare(events, nowMs));
}

/** What runs now: each state track's code ("" = none), whether there is a pause, a start, an end. */
export function running(events) {
  const standing = effective(events);
  const state = (spor) => standing.findLast((e) => e.spor === spor)?.kode ?? "";
  const clock = standing.filter((e) => e.spor === "ur").map((e) => e.kode);
  return {
    taler: state("taler"),
    fase: state("fase"),
    emne: state("emne"),
    ugu: state("ugu"),
    pause: clock.findLast((kode) => kode === "pause" || kode === "genoptag") === "pause",
    startet: clock.includes("start"),
    slut: clock.includes("slut"),
  };
}

/** Runs of a state track as { kode, fra_ms, til_ms }, cut to [start, end]; pauses are not taken out. */
export function intervals(events, spor) {
  return runs(prepare(events), spor);
}

/** One { emne, bogstaver, fra_ms, til_ms } per run of emne: the letters U and G, never two alike in a row. */
export function uguLoops(events) {
  return loops(prepare(events));
}

function measure(log) {
  const taler = perCode(log, "taler");
  return {
    varighed_ms: Math.max(0, activeMs(log, log.start, log.end)),
    taletid_ms: mapValues(taler, (run) => run.ms),
    laengste_tur_ms: mapValues(taler, (run) => run.longest),
    taletid_andel: shares(taler),
    faser: mapValues(perCode(log, "fase"), ({ antal, ms }) => ({ antal, ms })),
    ugu: ugu(log),
    faerdigheder: count(log, "faerdighed"),
    elementer: count(log, "element"),
  };
}

function perCode(log, spor) {
  const found = new Map();
  for (const { kode, fra_ms, til_ms } of runs(log, spor)) {
    const ms = activeMs(log, fra_ms, til_ms);
    const sofar = found.get(kode) ?? { antal: 0, ms: 0, longest: 0 };
    found.set(kode, { antal: sofar.antal + 1, ms: sofar.ms + ms, longest: Math.max(sofar.longest, ms) });
  }
  return found;
}

function shares(taler) {
  const parties = new Map([...taler].filter(([kode]) => PARTER.includes(kode)));
  const whole = [...parties.values()].reduce((sum, run) => sum + run.ms, 0);
  return whole ? mapValues(parties, (run) => share(run.ms, whole)) : {};
}

/** part / whole with 4 decimals, half up, by division of whole numbers so that Python gives the same. */
function share(part, whole) {
  const [above, below] = [part * 20000 + whole, 2 * whole];
  return (above - (above % below)) / below / 10000;
}

/** Letters alternate: only a G that opens its loop lacks a U before, only one that ends it lacks a U after. */
function ugu(log) {
  const sum = { giv: 0, indrammet: 0, uden_foer: 0, uden_efter: 0 };
  for (const { bogstaver } of loops(log)) {
    bogstaver.forEach((letter, index) => {
      if (letter !== "G") return;
      const [first, last] = [index === 0, index === bogstaver.length - 1];
      sum.giv += 1;
      sum.uden_foer += Number(first);
      sum.uden_efter += Number(last);
      sum.indrammet += Number(!first && !last);
    });
  }
  return sum;
}

function count(log, spor) {
  const found = new Map();
  for (const event of log.events) {
    if (event.spor === spor && event.t_ms >= log.start) found.set(event.kode, (found.get(event.kode) ?? 0) + 1);
  }
  return mapValues(found, (number) => number);
}

/** A Map as a plain object with sorted keys (`fromEntries` is safe for every code, even `__proto__`). */
function mapValues(found, value) {
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([kode, one]) => [kode, value(one)]));
}
