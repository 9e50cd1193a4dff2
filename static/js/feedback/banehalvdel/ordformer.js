// Danish word forms by rule: folding (æ, ø, å and what is typed instead), endings, and a lexicon of form -> classes.

import { TAVLER } from "./tavler.js";

const { letters, loose, double, vowels } = TAVLER.ordformer;
const DOUBLE = new RegExp(double, "g");
const LETTERS = new Map(letters);
const LETTER = new RegExp(`[${letters.map(([letter]) => letter).join("")}]`, "g");
const LOOSE = loose.map(([from, to]) => [new RegExp(from, "g"), to]);
const SLIP = new RegExp(loose.map(([from]) => from).join("|"));
const SHORTENING = /(el|en|er)$/;

/** Lower case, with æ, ø, å spelt out: `Spørgsmål` -> `spoergsmaal`. */
export const fold = (word) => word.normalize("NFC").toLowerCase().replace(LETTER, (letter) => LETTERS.get(letter));

/** What is left of a folded word when common slips of spelling are taken out. */
export function loosen(folded) {
  let word = folded;
  if (SLIP.test(word)) for (const [from, to] of LOOSE) word = word.replace(from, to);
  return word.replace(DOUBLE, "$1");
}

const vowel = (letter) => vowels.includes(letter);
const withEndings = (stems, endings) => [...stems].flatMap((stem) => endings.map((ending) => stem + ending));

function doubled(stem) {
  const [third, second, last] = stem.slice(-3);
  return stem.length > 2 && !vowel(last) && vowel(second) && !vowel(third) ? stem + last : stem;
}

function verbForms(word) {
  const [infinitive, ...given] = word.split("/");
  const stem = infinitive.endsWith("e") && infinitive.length > 3 ? infinitive.slice(0, -1) : infinitive;
  const forms = [infinitive, ...given, `${infinitive}r`, `${stem}ende`];
  if (infinitive.endsWith("e")) forms.push(`${infinitive}s`);
  if (given.every((form) => /(ede|te)$/.test(form))) {
    forms.push(...withEndings([stem], ["ede", "et", "edes", "te", "t", "tes", "es"]));
  }
  return [forms, stem.length > 2 && stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem];
}

function adjectiveForms(word) {
  const stems = new Set([word, doubled(word)]);
  if (SHORTENING.test(word) && word.length > 3) {
    stems.add(word.slice(0, -2) + word.at(-1)).add(doubled(word.slice(0, -2)).slice(0, -1) + word.at(-1));
  }
  const forms = [word, `${word}t`, ...withEndings(stems, ["e", "ere", "est", "este", "s"])];
  return word.endsWith("et") ? [...forms, `${word.slice(0, -1)}de`] : forms;
}

function nounForms(word) {
  const stems = new Set([word, doubled(word)]);
  if (SHORTENING.test(word) && word.length > 4) stems.add(word.slice(0, -2) + word.at(-1));
  const forms = [word, ...withEndings(stems, ["en", "et", "n", "t", "e", "er", "r", "ne", "ene", "erne", "rne"])];
  return [...forms, ...forms.map((form) => `${form}s`)];
}

function personForms(word) {
  const forms = nounForms(word).filter((form) => !form.endsWith("s"));
  if (word.endsWith("s")) forms.push(word);
  return [forms, forms.map((form) => `${form}s`)];
}

/** The forms of one word of a table: [forms, class] in pairs. weak: folded imperatives that may be something else. */
function formsOf(name, paradigm, word, weak) {
  if (paradigm === "verbum") {
    const [forms, imperative] = verbForms(word);
    if (name !== "BYDEVERBUM") return [[forms, name]];
    return [[[imperative], weak.has(fold(imperative)) ? "BYDMAASKE" : "BYD"], [[word.split("/")[0]], "NAVNEMAADE"]];
  }
  if (paradigm === "adj") return [[adjectiveForms(word), name]];
  if (paradigm === "navneord") return [[nounForms(word), name]];
  const [people, genitives] = paradigm === "person" ? personForms(word) : [[word], [`${word}s`]];
  return paradigm === "person" || name === "NAVN" ? [[people, "HUN"], [genitives, "HANS"]] : [[[word], name]];
}

/** Folded form -> its classes, as one text with a space between. */
export function lexicon(tables, noImperative) {
  const found = new Map();
  const weak = new Set(noImperative.split(" ").map(fold));
  const add = (form, name) => {
    const had = found.get(form);
    if (had === undefined) found.set(form, name);
    else if (!` ${had} `.includes(` ${name} `)) found.set(form, `${had} ${name}`);
  };
  for (const table of tables) {
    for (const [name, [paradigm, words]] of Object.entries(table)) {
      for (const word of words.split(" ").filter(Boolean)) {
        for (const [forms, as] of formsOf(name, paradigm, word, weak)) for (const form of forms) add(fold(form), as);
      }
    }
  }
  return found;
}
