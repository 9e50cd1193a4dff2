// A text to its sentences, and a sentence to its tokens. Places are counted as JavaScript counts them (UTF-16).

import { TAVLER } from "./tavler.js";

const { TOKEN, END, LAST_WORD, FOLLOWS, QUOTES, SPACE, shortened } = TAVLER.saetninger;
const token = new RegExp(TOKEN, "gu");
const marks = new RegExp(END, "gu");
const lastWord = new RegExp(LAST_WORD, "u");
const quoted = new RegExp(QUOTES, "gu");
const follows = new RegExp(FOLLOWS, "uy");
const space = new RegExp(`[${SPACE}]+`, "u");
const oneSpace = new RegExp(`[${SPACE}]`, "u");
const SHORTENED = new Set(shortened);
const DIGIT = /^[0-9]$/;

/** All characters with case are small, and there is one. */
export const isLower = (text) => /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
export const isUpper = (text) => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
export const isDigit = (text) => DIGIT.test(text);

/** The text's parts between space, as few as there are. */
export const words = (text) => text.split(space).filter(Boolean);

/** [start, end] of each sentence, without the space around it; nothing that has only space. */
export function spans(text) {
  const inside = [...text.matchAll(quoted)].map((match) => [match.index, match.index + match[0].length]);
  const found = [];
  let start = 0;
  let at = 0;
  for (const match of text.matchAll(marks)) {
    const after = match.index + match[0].length;
    while (at < inside.length && inside[at][1] <= match.index) at += 1;
    if (at < inside.length && inside[at][0] < match.index && after < inside[at][1]) continue;
    if (!ends(text, start, match)) continue;
    found.push([start, after]);
    start = after;
  }
  found.push([start, text.length]);
  return found.map(([from, to]) => trim(text, from, to)).filter(([from, to]) => from < to);
}

/** [token, start, end]: a quotation, a number, a word, a mark; nothing is lost but space. */
export const tokens = (sentence) => Array.from(sentence.matchAll(token), (match) =>
  [match[0], match.index, match.index + match[0].length]);

function ends(text, start, { 0: mark, index }) {
  if (mark.includes("\n")) return true;
  follows.lastIndex = index + mark.length;
  const next = follows.exec(text)?.[1] ?? "A";
  if (isLower(next) && ".…".includes(mark[0])) return false;
  if (mark !== ".") return true;
  const word = lastWord.exec(text.slice(Math.max(start, index - 12), index))?.[0].toLowerCase() ?? "";
  const beforeDigit = isDigit(text.slice(Math.max(0, index - 1), index));
  return !(SHORTENED.has(word) && (isDigit(next) || isLower(next))) && !(beforeDigit && isDigit(next));
}

function trim(text, from, to) {
  let [start, end] = [from, to];
  while (start < end && oneSpace.test(text[start])) start += 1;
  while (end > start && oneSpace.test(text[end - 1])) end -= 1;
  return [start, end];
}
