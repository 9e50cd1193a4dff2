// The Danish lines: why a sentence was placed where it was, and a way to say it from one's own half of the court.

import { words } from "./saetninger.js";
import { TAVLER } from "./tavler.js";

const { kollega, den_anden, navne, quotes, stedord, hvorfor, uden_ord, forslag } = TAVLER.forklaringer;
const NAVNE = new Set(navne);
const LONGEST = 60;

/** [why, a way to rephrase: empty on one's own half]. deciding: the words that decided, to see whom it is about. */
export function forklar(label, grund, written, deciding) {
  const ord = shown(written);
  if (!ord || !(grund in hvorfor) || (grund === "kamera" && !ord.includes(" "))) {
    return [uden_ord[label] ?? uden_ord.ukonkret, forslag[label]];
  }
  const put = { ord, hvem: hvem(deciding) };
  return [hvorfor[grund].replace(/\{(ord|hvem)\}/g, (_, name) => put[name]), forslag[label]];
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
  const is = (names) => deciding.some(({ klasser }) => names.some((name) => klasser.has(name)));
  if (is(["DU", "DIG", "DIN"])) return kollega;
  const named = deciding.find(({ klasser, form }) => klasser.has("HUN") && !stedord.includes(form));
  if (named) return NAVNE.has(named.form) ? named.skrevet : named.skrevet.toLowerCase();
  return is(["HAM", "HANS"]) ? den_anden : kollega;
}
