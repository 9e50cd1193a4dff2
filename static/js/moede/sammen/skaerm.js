// The big screen: shows what the group writes, as it is written, and nothing else.

import { Board } from "./board.js";
import { Engine } from "./engine.js";
import { Outbox } from "./outbox.js";

const FULL = [500, 1200, 2600];
const root = document.querySelector("[data-sammen]");
const board = new Board();
const engine = new Engine({ address: root.dataset.sammen, board, outbox: new Outbox(null), onChange: show });
const fullscreen = root.querySelector("[data-fuld]");
const print = root.querySelector("[data-udskriv]");

if (fullscreen && document.fullscreenEnabled) {
  fullscreen.hidden = false;
  fullscreen.addEventListener("click", () => document.documentElement.requestFullscreen());
}
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
await engine.now();
await navigator.wakeLock?.request("screen").catch(() => null);

function show() {
  root.querySelector("[data-status]").textContent = engine.trouble ? "Uden net. Skærmen viser det, den sidst fik." : "";
  if (!board.tilstand) return;
  for (const felt of root.querySelectorAll("[data-felt]")) {
    list(felt.querySelector("[data-sedler]"), board.under(felt.dataset.felt, []).map(({ tekst, ejer, ejer_navn }) => [tekst, ejer ? ejer_navn : ""]));
  }
  for (const box of root.querySelectorAll("[data-boks]")) {
    list(box.querySelector("[data-synlige]"), (board.tjek_ud.synlige[box.dataset.boks] ?? []).map(({ tekst, navn }) => [tekst, navn]));
  }
  const number = root.querySelector("[data-stor-tal]");
  if (number) {
    number.hidden = !board.tal;
    number.querySelector("[data-stor-tal-ord]").textContent = board.tal ?? "";
  }
  fit(root.querySelector("[data-planche-skaerm]"));
}

function list(ul, lines) {
  ul.replaceChildren(...lines.map(([tekst, navn]) => {
    const li = document.createElement("li");
    li.textContent = navn ? `${tekst} (${navn})` : tekst;
    return li;
  }));
}

/** The fuller planchen is, the smaller its type; as Tavle.taethed on the server. */
function fit(planche) {
  if (!planche) return;
  const chars = [...planche.querySelectorAll("li")].reduce((sum, { textContent }) => sum + textContent.length + 40, 0);
  for (const n of [1, 2, 3, 4]) planche.classList.toggle(`stor-planche--${n}`, n === 1 + FULL.filter((limit) => chars > limit).length);
}
