// On the meeting's projector, whose scene is drawn anew as the facilitator goes on: keeps what is written together live there
// for as long as one of its parts is shown.

import { Board } from "./board.js";
import { Engine } from "./engine.js";
import { Outbox } from "./outbox.js";
import { draw } from "./tegn.js";

const board = new Board();
let engine = null;

new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
show();

function show() {
  const root = document.querySelector("[data-sammen]");
  if (!root) return;
  if (board.tilstand) draw(root, board);
  if (engine) return;
  engine = new Engine({ address: root.dataset.sammen, board, outbox: new Outbox(null), onChange: show });
  engine.now();
}
