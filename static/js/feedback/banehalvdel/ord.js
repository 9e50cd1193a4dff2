// The lexicon as it is looked up: exact form, slip of spelling, compound, prefix. Built at the first word.

import { fold, lexicon, loosen } from "./ordformer.js";
import { TAVLER } from "./tavler.js";

const { tabeller, byd_ikke, compounded, prefixed, shortest_head } = TAVLER.ord;
const { prefixes, shortest_loose } = TAVLER.ordformer;
const COMPOUNDED = new Set(compounded);
const PREFIXED = new Set(prefixed);
const FOLDED_PREFIXES = prefixes.map(fold);
const IMPERATIVE = /(^| )BYD(MAASKE)?( |$)/;
const NOTHING = Object.freeze([]);
const KEPT = 20_000;

const seen = new Map();
let exact;
let slips;

/** Build the lexicon ahead of the first word. */
export function prepare() {
  if (exact) return;
  exact = lexicon(tabeller, byd_ikke);
  slips = new Map();
  for (const [form, classes] of exact) {
    if (form.length < shortest_loose || IMPERATIVE.test(classes)) continue;
    const key = loosen(form);
    if (key.length < shortest_loose - 1) continue;
    const had = slips.get(key);
    if (had === undefined) slips.set(key, classes);
    else if (had !== classes) slips.set(key, `${had} ${classes}`);
  }
}

/** The classes of a folded word; empty when nothing is known of it. */
export function classesOf(folded) {
  prepare();
  if (seen.size > KEPT) seen.clear();
  if (!seen.has(folded)) seen.set(folded, found(folded));
  return seen.get(folded);
}

const classes = (known) => known?.split(" ") ?? NOTHING;

function found(folded) {
  if (exact.has(folded)) return classes(exact.get(folded));
  const ways = [negated, withPrefix, loosely, compound];
  for (const way of ways) {
    const names = way(folded);
    if (names.length) return names;
  }
  return NOTHING;
}

function negated(folded) {
  const praised = folded.startsWith("u") && classes(exact.get(folded.slice(1)));
  return praised && (praised.includes("ROS") || praised.includes("PERSONROS")) ? ["DADEL", "PERSONDADEL"] : NOTHING;
}

function withPrefix(folded) {
  const prefix = FOLDED_PREFIXES.find((one) => folded.startsWith(one) && exact.has(folded.slice(one.length)));
  return prefix ? classes(exact.get(folded.slice(prefix.length))).filter((name) => PREFIXED.has(name)) : NOTHING;
}

const loosely = (folded) => (folded.length >= shortest_loose ? classes(slips.get(loosen(folded))) : NOTHING);

function compound(folded) {
  for (let start = 2; start <= Math.min(folded.length, 40) - shortest_head; start += 1) {
    const head = classes(exact.get(folded.slice(start).replace(/^[-'’]+/, ""))).filter((name) => COMPOUNDED.has(name));
    if (head.length) return head;
  }
  return NOTHING;
}
