// The engine: tables of rules are asked in the order of the guideline; the first whose rule speaks is the answer.
// The same rules as in rules/banehalvdel (Python), from the same tables; tests hold the two to the same answers.

import { forklar } from "./forklaringer.js";
import { tag } from "./maerkning.js";
import { compile, find } from "./moenstre.js";
import { spans } from "./saetninger.js";
import { TAVLER } from "./tavler.js";

const { breaches, oplevelse, sansning, konkret, detalje, vagt, few_words, egen } = TAVLER.regler;
const NONE = [0, 0];
const ELLERS = { navn: "ellers", grund: "ellers" };

const BREACHES = breaches.map(([label, rules]) => [label, rules.map(ready)]);
const OWN_REACTION = oplevelse.map(ready);
const [KONKRET, DETALJE, VAGT] = [konkret, detalje, vagt].map(ready);
const SANSNING = ready({ naar: sansning, ikke: [] });

/** One sentence to {label, hvorfor, forslag, ord, regel, egen, fra, til}. */
export function bedoem(saetning, fra = 0, til = saetning.length) {
  const line = tag(saetning);
  const [label, rule, span] = placed(line);
  const deciding = decidingOf(line, span);
  const ord = deciding.length ? saetning.slice(deciding[0].fra, deciding.at(-1).til) : "";
  const [hvorfor, forslag] = forklar(label, rule.grund, ord, deciding);
  return { label, hvorfor, forslag, ord, regel: rule.navn, egen: egen.includes(label), fra, til };
}

/** Each sentence of the text, in order, with its place in it. */
export const bedoemTekst = (tekst) => spans(tekst).map(([fra, til]) => bedoem(tekst.slice(fra, til), fra, til));

/** A rule with its patterns compiled; `keys`: without one of these words or classes it cannot speak. */
function ready(rule) {
  const naar = rule.naar.map(compile);
  const keys = new Map();
  naar.forEach(({ key }, number) => {
    for (const name of key) keys.set(name, [...(keys.get(name) ?? []), number]);
  });
  return { rule, naar, ikke: rule.ikke.map(compile), keys };
}

function placed(line) {
  for (const [label, rules] of BREACHES) {
    const found = first(line, rules);
    if (found) return [label, ...found];
  }
  const reaction = first(line, OWN_REACTION);
  return reaction ? ["oplevelse", ...reaction] : withoutBreach(line);
}

function withoutBreach(line) {
  const is = (...names) => names.some((name) => line.pladser.where.has(name));
  const vague = search(line, VAGT);
  const concrete = search(line, is("ROS") ? DETALJE : KONKRET);
  const ownVoice = is("JEG", "MIG", "MAN") && !search(line, SANSNING);
  if (concrete) return ownVoice ? ["oplevelse", ELLERS, NONE] : ["iagttagelse", KONKRET.rule, concrete];
  if (vague) return ["ukonkret", VAGT.rule, vague];
  const known = is("ACT", "SIGE", "OBJ", "TAL", "HUN");
  const somebodyActs = is("ACT") && is("DU", "HUN");
  if ((line.ord.length < few_words && !somebodyActs) || (!known && !ownVoice)) return ["ukonkret", ELLERS, NONE];
  return [ownVoice ? "oplevelse" : "iagttagelse", ELLERS, NONE];
}

function first(line, rules) {
  for (const one of rules) {
    const span = search(line, one);
    if (span) return [one.rule, span];
  }
  return null;
}

function search({ pladser }, { naar, ikke, keys }) {
  const numbers = new Set();
  for (const [name, those] of keys) if (pladser.where.has(name)) those.forEach((number) => numbers.add(number));
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const match = find(naar[number], pladser);
    if (match) return ikke.some((other) => find(other, pladser)) ? null : match;
  }
  return null;
}

/** The words that a match covers, without marks at either end. */
function decidingOf(line, [from, to]) {
  let [start, end] = [from, to];
  while (start < end && line.ord[start].klasser.has("TEGN")) start += 1;
  while (end > start && line.ord[end - 1].klasser.has("TEGN")) end -= 1;
  return line.ord.slice(start, end);
}
