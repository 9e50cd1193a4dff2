// The parts that measures are made of: the samtale's start, end and pauses, the runs of a state track, and the
// loops of U and G. Every function but `prepare` takes the log that `prepare` made. No DOM.

import { UGU_BOGSTAVER, effective } from "./log.js";

/** { events, start, end, pauses }: the standing events up to the end, in order; the end is at least `nowMs`. */
export function prepare(events, nowMs = 0) {
  const standing = effective(events);
  const clock = standing.filter((e) => e.spor === "ur");
  const start = clock.find((e) => e.kode === "start")?.t_ms ?? 0;
  const last = Math.max(standing.at(-1)?.t_ms ?? 0, Math.round(nowMs));
  const end = clock.find((e) => e.kode === "slut")?.t_ms ?? last;
  return { events: standing.filter((e) => e.t_ms <= end), start, end, pauses: findPauses(clock, start, end) };
}

function findPauses(clock, start, end) {
  const found = [];
  let since = null;
  for (const { kode, t_ms } of [...clock, { kode: "genoptag", t_ms: end }]) {
    if (kode === "pause") since ??= t_ms;
    if (kode !== "genoptag" || since === null) continue;
    const [fra, til] = [Math.max(since, start), Math.min(t_ms, end)];
    if (fra < til) found.push({ fra, til, before: pausedIn(found) });
    since = null;
  }
  return found;
}

function pausedIn(found) {
  const last = found.at(-1);
  return last ? last.before + last.til - last.fra : 0;
}

/** Milliseconds of [fra, til] outside the pauses. */
export function activeMs(log, fra, til) {
  return til - fra - pausedBefore(log.pauses, til) + pausedBefore(log.pauses, fra);
}

/** Milliseconds of pause before `t`; `before` is the sum of the earlier pauses. */
function pausedBefore(pauses, t) {
  let [low, high] = [0, pauses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pauses[middle].fra <= t) low = middle + 1;
    else high = middle;
  }
  const pause = pauses[low - 1];
  return pause ? pause.before + Math.min(t, pause.til) - pause.fra : 0;
}

/** The runs of one state track as { kode, fra_ms, til_ms }, cut to [start, end]. */
export function runs(log, spor) {
  return runsUntil(log, log.events.filter((e) => e.spor === spor), log.end);
}

function runsUntil(log, events, end) {
  const found = [];
  let [kode, fra] = ["", 0];
  for (const event of [...events, { kode: null, t_ms: end }]) {
    if (event.kode === kode) continue;
    if (counts(log, kode, fra, event.t_ms)) found.push({ kode, fra_ms: Math.max(fra, log.start), til_ms: event.t_ms });
    [kode, fra] = [event.kode, event.t_ms];
  }
  return found;
}

/** A run counts if it began in [start, end] or still ran after the start. */
function counts(log, kode, fra, til) {
  return kode !== "" && (fra >= log.start || til > log.start);
}

/** One { emne, bogstaver, fra_ms, til_ms } per run of emne; the nameless emne only if it has letters. */
export function loops(log) {
  const found = [];
  let [emne, fra, inside] = ["", 0, []];
  const flush = (til) => {
    const bogstaver = letters(runsUntil(log, inside, til));
    if (!bogstaver.length && !counts(log, emne, fra, til)) return;
    found.push({ emne, bogstaver, fra_ms: Math.max(fra, log.start), til_ms: til });
  };
  for (const event of log.events) {
    if (event.spor === "ugu") inside.push(event);
    if (event.spor !== "emne" || event.kode === emne) continue;
    flush(event.t_ms);
    [emne, fra, inside] = [event.kode, event.t_ms, []];
  }
  flush(log.end);
  return found;
}

function letters(found) {
  const all = found.map((run) => UGU_BOGSTAVER[run.kode] ?? "").filter(Boolean);
  return all.filter((letter, index) => letter !== all[index - 1]);
}
