// The emne that runs, and its loop of U and G in letters: one sees at a glance that the last U is missing.

import { lastUgu } from "../taps.js";

const LETTERS_SHOWN = 5;

export function uguPiece(root) {
  const [topic, letters, words] = ["topic", "letters", "loop-words"].map((name) => root.querySelector(`[data-${name}]`));
  const keys = [...root.querySelectorAll("[data-spor=ugu]")];
  const before = root.querySelector("[data-act=emne_foer]");
  return ({ events, running, loops }) => {
    const loop = loops.at(-1)?.bogstaver ?? [];
    const now = lastUgu(events);
    topic.textContent = `Emne ${running.emne || "–"}`;
    before.disabled = !(Number(running.emne) > 1);
    letters.replaceChildren(...drawn(loop));
    words.textContent = loopWords(loop);
    for (const key of keys) key.setAttribute("aria-pressed", String(key.dataset.kode === now));
  };
}

function drawn(loop) {
  const shown = loop.slice(-LETTERS_SHOWN);
  const nodes = [];
  if (loop[0] === "G" && shown.length === loop.length) nodes.push(blank(), "\u00a0–");
  if (shown.length < loop.length) nodes.push("…");
  nodes.push(shown.join("–"));
  if (loop.at(-1) === "G") nodes.push("–", blank());
  return nodes;
}

function blank() {
  const place = document.createElement("s");
  return place;
}

function loopWords(loop) {
  if (!loop.length) return "undersøg – giv";
  if (loop.at(-1) === "G") return loop[0] === "G" ? "begge U mangler" : "sidste U mangler";
  if (loop[0] === "G") return "første U mangler";
  return loop.length === 1 ? "undersøger" : "hel UGU";
}
