// The pattern language and its matcher: the places where a pattern may stand are bits of one whole number, moved on by each
// element. The language is described in rules/banehalvdel/moenstre.py.

import { fold } from "./ordformer.js";
import { TAVLER } from "./tavler.js";

const { gaps, most_repeated, upper, common } = TAVLER.moenstre;
const UPPER = new RegExp(`^(?:${upper})$`);
const COMMON = new Set(common);
const CLOSING = ".!?…";
const MOST_BITS = 30;
const [ONE, OPTIONAL, REPEATED, NOT, GAP, GAP_OF_ALL, BEGIN, END] = [0, 1, 2, 3, 4, 5, 6, 7];

/** A pattern ready to be matched; `key` is its rarest element: without one of these it cannot match. */
export function compile(source) {
  const elements = source.split(" ").filter(Boolean).map(elementOf);
  const needed = elements.filter(({ kind }) => kind === ONE).map(({ names }) => names);
  return { elements, key: needed.reduce((best, one) => (commonness(one) < commonness(best) ? one : best)) };
}

const commonness = (names) => names.reduce((sum, name) =>
  sum + (COMMON.has(name) ? 20 : UPPER.test(name) ? 3 : 1), 0);

function elementOf(element) {
  if (element === "^" || element === "$") return { kind: element === "^" ? BEGIN : END, names: [], length: 0 };
  if (element in gaps) return { kind: gaps[element][1] ? GAP_OF_ALL : GAP, names: [], length: gaps[element][0] };
  if (element.startsWith("!")) return { kind: NOT, names: namesOf(element.slice(1)), length: 0 };
  if (element.endsWith("*")) return { kind: REPEATED, names: namesOf(element.slice(0, -1)), length: most_repeated };
  if (element.endsWith("?") && element.length > 1) return { kind: OPTIONAL, names: namesOf(element.slice(0, -1)), length: 1 };
  return { kind: ONE, names: namesOf(element), length: 0 };
}

const namesOf = (core) => core.split("|").map((name) => (UPPER.test(name) ? name : fold(name)));

/** Where each word and class stands in a sentence of words with `form` and `klasser`: as small numbers when they suffice. */
export function placesOf(words) {
  const few = words.length < MOST_BITS;
  const bit = (place) => (few ? 1 << place : 1n << BigInt(place));
  const [zero, one] = few ? [0, 1] : [0n, 1n];
  const where = new Map();
  words.forEach(({ form, klasser }, place) => {
    const here = bit(place);
    where.set(form, (where.get(form) ?? zero) | here);
    for (const name of klasser) where.set(name, (where.get(name) ?? zero) | here);
  });
  let ending = words.length;
  while (ending && CLOSING.includes(words[ending - 1].form[0])) ending -= 1;
  const every = bit(words.length + 1) - one;
  return { count: words.length, where, every, end: every & ~(bit(ending) - one), zero, one, bit };
}

/** [first word, word after the last] of the leftmost, shortest match; null when there is none. */
export function find(pattern, places) {
  if (!pattern.key.some((name) => places.where.has(name))) return null;
  if (!walk(pattern, places, places.every)) return null;
  for (let start = 0; start <= places.count; start += 1) {
    const ends = walk(pattern, places, places.bit(start));
    if (ends) return [start, lowest(ends, places.one)];
  }
  return null;
}

function lowest(bits, one) {
  let place = 0;
  for (let rest = bits; !(rest & one); rest >>= one) place += 1;
  return place;
}

function walk({ elements }, places, from) {
  const { where, zero, one } = places;
  let here = from;
  for (const { kind, names, length } of elements) {
    let mask = zero;
    for (const name of names) mask |= where.get(name) ?? zero;
    if (kind === ONE) here = (here & mask) << one;
    else if (kind === NOT) here &= ~mask;
    else if (kind === BEGIN) here &= one;
    else if (kind === END) here &= places.end;
    else here = moved(here, kind === GAP || kind === GAP_OF_ALL ? passable(places, kind) : mask, length, one);
    if (!here) return zero;
  }
  return here;
}

function passable({ every, where, zero, one }, kind) {
  const words = every >> one;
  return kind === GAP_OF_ALL ? words : words & ~(where.get(",") ?? zero);
}

function moved(from, mask, times, one) {
  let here = from;
  let moving = from;
  for (let step = 0; step < times && moving; step += 1) {
    moving = (moving & mask) << one;
    here |= moving;
  }
  return here;
}
