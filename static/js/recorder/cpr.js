// What looks like a CPR number in a text: the same rules as supervision/cpr.py, for what is written without a net.
// No DOM.

const HIDDEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
const BREAK = "[\\s.\\-\\u2010-\\u2015\\u2212]{0,3}";
const NUMBER = new RegExp(`([0-9]{2})([0-9]{2})([0-9]{2})(${BREAK})([0-9]{4})(?![0-9])(?![\\-./][0-9])`, "uy");
const WRITTEN_OUT = /([0-9]{2})([./\- ])([0-9]{2})\2([0-9]{2})\s?[\-\u2010-\u2015\u2212]\s?[0-9]{4}(?![0-9])/gu;
const NAMED = new RegExp(`cpr[^0-9]{0,12}([0-9]{2})${BREAK}([0-9]{2})(?:${BREAK}[0-9]){6}(?![0-9])`, "giu");
const CONTINUED = /(?:[0-9]|[0-9][\-./]|\+[0-9]{0,3}\s?)$/u;
const OTHER_NUMBER =
  /(?<![a-zæøå])(?:sag|sags|journal|j|id|ref|tlf|telefon|mobil|konto|ordre|faktura|ean|cvr|kunde|bilag)[\s.\-]*(?:nr|nummer)?[\s.:#\-]*$/iu;
const LOOK_BACK = 24;
const LONG_MONTHS = [1, 3, 5, 7, 8, 10, 12];

/** Whether the text holds something that looks like a CPR number, in any of the ways people write one. */
export function lignerCpr(text) {
  const plain = text.normalize("NFKC").replace(HIDDEN, "");
  const runs = [...plain.matchAll(/(?<![0-9])[0-9]{6}/gu)];
  return runs.some(({ index }) => isNumber(plain, index))
    || [...plain.matchAll(WRITTEN_OUT)].some((found) => isDay(found[1], found[3]))
    || [...plain.matchAll(NAMED)].some((found) => isDay(found[1], found[2]));
}

function isNumber(plain, start) {
  NUMBER.lastIndex = start;
  const found = NUMBER.exec(plain);
  if (!found || !isDay(found[1], found[2])) return false;
  const before = plain.slice(Math.max(0, start - LOOK_BACK), start);
  if (CONTINUED.test(before)) return false;
  return found[4] !== "" || !OTHER_NUMBER.test(before);
}

function isDay(dayText, monthText) {
  const month = Number(monthText);
  const day = Number(dayText) > 60 ? Number(dayText) - 60 : Number(dayText);
  if (month < 1 || month > 12) return false;
  const longest = month === 2 ? 29 : LONG_MONTHS.includes(month) ? 31 : 30;
  return day >= 1 && day <= longest;
}
