// The Danish lines: why a sentence was placed where it was, and a way to say it from one's own half of the court.

import { classesOf } from "./ord.js";
import { words } from "./saetninger.js";
import { TAVLER } from "./tavler.js";

const { kollega, den_anden, navne, quotes, stedord, om_person, bestemt, hvorfor, uden_ord, forslag } = TAVLER.forklaringer;
const NAVNE = new Set(navne);
const OM_PERSON = new Map(Object.entries(om_person));
const LONGEST = 60;

/** [why, a way to rephrase: empty on one's own half]. deciding: the words that decided, to see whom it is about. */
export function forklar(label, grund, written, deciding) {
  const ord = shown(written);
  if (!ord || !(grund in hvorfor) || (grund === "kamera" && !ord.includes(" "))) {
    return [uden_ord[label] ?? uden_ord.ukonkret, forslag[label]];
  }
  const who = hvem(deciding);
  const put = { ord, hvem: who, ham: OM_PERSON.get(who) ?? who };
  return [hvorfor[grund].replace(/\{(ord|hvem|ham)\}/g, (_, name) => put[name]), forslag[label]];
}

function shown(written) {
  const plain = words(Array.from(written).filter((letter) => !quotes.includes(letter)).join("")).join(" ");
  const letters = Array.from(plain.replace(/^[ ,;:.!?]+/, "").replace(/[ ,;:.!?]+$/, ""));
  if (letters.length <= LONGEST) return letters.join("");
  const cut = letters.slice(0, LONGEST - 3).join("");
  const last = cut.lastIndexOf(" ");
  return `${last < 0 ? cut : cut.slice(0, last)} …`;
}

function hvem(deciding) {
  if (deciding.some(({ klasser }) => ["DU", "DIG", "DIN"].some((name) => klasser.has(name)))) return kollega;
  const found = deciding.find(({ klasser, form }) => klasser.has("HUN") && !stedord.includes(form));
  return found ? named(found) : den_anden;
}

/** A name as it was written, `han` and `hun`, and a person in the definite form: not "regel om sagsbehandler". */
function named({ form, skrevet }) {
  if (NAVNE.has(form) || !classesOf(form).length) return skrevet;
  const small = skrevet.toLowerCase();
  return OM_PERSON.has(small) || bestemt.some((ending) => small.endsWith(ending)) ? small : den_anden;
}
