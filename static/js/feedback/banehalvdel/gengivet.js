// What others said, and what the writer only asks, is taken out: after "sagde, at", "spurgte, om", "jeg var i tvivl om, hvem".

import { TAVLER } from "./tavler.js";

const { cuts, starts_again, praising, speakers, asking, complement, body, verbs } = TAVLER.maerkning;
const ASKING = new Set(asking);

export const has = (word, names) => names.some((name) => word.klasser.has(name));
export const isVerb = (word) => has(word, verbs);

/** Give what is reported the form `gengivet` and the class GENG. */
export function mask(words) {
  maskBefore(words);
  for (let at = 0; at < words.length; at += 1) {
    const start = words[at].klasser.has("SIGE") ? reported(words, at) : asked(words, at);
    if (!start) continue;
    const end = endOf(words, start);
    hide(words.slice(start, end));
    at = end;
  }
}

function hide(words) {
  for (const word of words) Object.assign(word, { form: "gengivet", klasser: new Set(["GENG"]) });
}

/** "..., sagde hun": what stands before is hers. */
function maskBefore(words) {
  for (let at = 2; at < words.length - 1; at += 1) {
    const told = words[at - 1].form === "," && words[at].klasser.has("SIGE");
    const hers = words[at + 1].klasser.has("HUN") && !words.slice(at + 2, at + 4).some((word) => word.klasser.has("HUN"));
    if (!told || !hers) continue;
    if (!has(words[0], ["LED", "HV"])) hide(words.slice(0, at - 1));
    return;
  }
}

/** Where the reported words begin; 0 when the verb at this place reports nothing, or reports the writer. */
function reported(words, at) {
  const before = words.slice(Math.max(0, at - 4), at);
  const speaker = before.findLast((word) => has(word, speakers));
  if (speaker ? has(speaker, ["JEG", "MAN"]) : words[at + 1]?.klasser.has("JEG")) return 0;
  if (before.some((word) => body.includes(word.form))) return 0;
  for (let place = at + 1; place < Math.min(at + 8, words.length); place += 1) {
    const word = words[place];
    if (word.form === "om" && !clauseAt(words, place + 1)) continue;
    const why = word.form === "at" && words[place - 1].form === "for";
    if (why && !praising.some((verb) => words[at].form.startsWith(verb))) continue;
    if (complement.includes(word.form) || word.klasser.has("HV")) return place + 1;
    if (has(word, ["LED", "GENG"]) || ["og", "men", ";", "."].includes(word.form)) return 0;
    if (place <= at + 2 && speaker && word.klasser.has("HUN") && verbAt(words, place + 1)) return place;
  }
  return 0;
}

/** Whether a person stands here, or a small word with a verb after it: "om hun", "om det var", not "om en pause". */
function clauseAt(words, place) {
  if (place >= words.length) return false;
  return has(words[place], ["DU", "HUN", "MAN", "JEG", "HANS", "DIN"]) || verbAt(words, place + 1);
}

const verbAt = (words, place) => place < words.length && isVerb(words[place]);

/** Where a question begins that the writer holds open: "jeg blev nysgerrig på, hvad ...". */
function asked(words, at) {
  if (!ASKING.has(words[at].form)) return 0;
  if (!words.slice(Math.max(0, at - 6), at).some((word) => has(word, ["JEG", "MIG"]))) return 0;
  for (let place = at + 1; place < Math.min(at + 7, words.length); place += 1) {
    const { form, klasser } = words[place];
    if (form !== "om" && form !== "hvorvidt" && !klasser.has("HV")) continue;
    if (form === "om" && place + 1 < words.length && !clauseAt(words, place + 1)) continue;
    return place + 1;
  }
  return 0;
}

function endOf(words, start) {
  for (let place = start; place < words.length; place += 1) {
    const { form } = words[place];
    const after = words[place + 1];
    if (cuts.includes(form)) return place;
    if (![",", "og", "saa"].includes(form) || !after || place === start) continue;
    if (starts_again.includes(after.form) || (form === "saa" && has(after, ["BYD", "BYDMAASKE"]))) return place;
    const jeg = verbAt(words, place + 1) && words[place + 2]?.klasser.has("JEG");
    if (form === "," && (cuts.includes(after.form) || jeg)) return place;
  }
  return words.length;
}
