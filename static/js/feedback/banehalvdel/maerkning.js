// A sentence to tagged words: each with its written and folded form, its classes and its place.

import { has, isVerb, mask } from "./gengivet.js";
import { placesOf } from "./moenstre.js";
import { classesOf } from "./ord.js";
import { fold } from "./ordformer.js";
import { isDigit, isLower, isUpper, tokens } from "./saetninger.js";
import { TAVLER } from "./tavler.js";

const { longest, before_i, strong, weak, shortest_unknown } = TAVLER.maerkning;
const WEAK = new Set(weak);
const OPENING = "\"»«”“„'‘’";
const MARKS = ",;:.!?…–—()";

/** {ord, pladser} of the sentence; its names are those of `pladser.where`. */
export function tag(sentence) {
  const words = tokens(sentence).slice(0, longest).map(wordOf);
  inContext(words);
  mask(words);
  for (const word of words) {
    if (has(word, strong) && !WEAK.has(word.form)) word.klasser.add("STAERK");
    if (!word.klasser.size && word.form.length >= shortest_unknown && isLower(word.skrevet)) word.klasser.add("UKENDT");
  }
  return { ord: words, pladser: placesOf(words) };
}

function wordOf([skrevet, fra, til]) {
  const made = (form, names) => ({ skrevet, form, klasser: new Set(names), fra, til });
  const [first] = skrevet;
  if (OPENING.includes(first) && skrevet.length > 1) return made("citat", ["CITAT"]);
  if (isDigit(first)) return made(fold(skrevet), ["TAL"]);
  if (!/[\p{L}\p{N}]/u.test(first)) return made(MARKS.includes(first) ? skrevet : "tegn", ["TEGN"]);
  const form = fold(skrevet);
  return made(form, classesOf(form));
}

/** `I` and `de` as persons, names, and past tenses that the lexicon does not hold. */
function inContext(words) {
  words.forEach((word, at) => {
    const [before, after] = [words[at - 1], words[at + 1]];
    const verbNext = Boolean(after) && (isVerb(after) || isPast(after));
    const be = (...names) => { word.klasser = new Set(names); };
    if (word.form === "min" && after?.form === "plan") be("OBJ");
    else if (word.form === "god" && after?.form === "tid") be();
    else if (word.form === "i") {
      const plural = word.skrevet === "I" && (at > 0 || verbNext);
      if (plural || (at && verbNext && before_i.includes(before.form))) be("DU");
    } else if ((word.form === "de" && verbNext) || isName(word, before, verbNext)) word.klasser.add("HUN");
    else if (isPast(word)) be("ACT");
  });
}

const isName = (word, before, verbNext) => !word.klasser.size && Boolean(before)
  && isUpper(Array.from(word.skrevet)[0]) && (verbNext || isVerb(before));

const isPast = (word) => !word.klasser.size && word.form.length > 5 && /edes?$/.test(word.form);
