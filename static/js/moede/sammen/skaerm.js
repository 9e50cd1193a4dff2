// The big screen: shows what the group writes, as it is written, and nothing else.

import { Board } from "./board.js";
import { Engine } from "./engine.js";
import { Outbox } from "./outbox.js";
import { draw } from "./tegn.js";

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
  if (board.tilstand) draw(root, board);
}
