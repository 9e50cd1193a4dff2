// A page on which a group writes together: planchen, lykkes bedre or tjek ud. Without this script its plain forms work.

import { Board } from "./board.js";
import { Device } from "./device.js";
import { Engine } from "./engine.js";
import { Outbox } from "./outbox.js";
import { Sedler } from "./sedler.js";
import { Tal } from "./tal.js";
import { TjekUd } from "./tjek_ud.js";
import { statusWords } from "./words.js";

const root = document.querySelector("[data-sammen]");
const status = root.querySelector("[data-status]");
const undo = root.querySelector("[data-fortryd]");
const board = new Board();
const outbox = new Outbox(new Device(root.dataset));
const engine = new Engine({ address: root.dataset.sammen, board, outbox, onChange: show, onAnswer: answered });
const parts = { board, outbox, act, person: root.dataset.person };
const views = [];
let message = "";

await outbox.open();
if (root.querySelector("[data-felt]")) views.push(new Sedler(root, parts));
if (root.querySelector("[data-tal]")) views.push(new Tal(root, parts));
if (root.querySelector("[data-boks]")) views.push(new TjekUd(root, parts));
undo.querySelector("[data-fortryd-knap]").addEventListener("click", () => {
  undo.hidden = true;
  act({ op: "laeg_igen", seddel: undo.dataset.fortryd });
});
await engine.now();
root.dataset.klar = "";

async function act(handling, tekst) {
  message = "";
  if (handling.op === "tag") {
    undo.dataset.fortryd = handling.seddel;
    undo.hidden = false;
  }
  const adding = outbox.add(handling, tekst);
  show();
  await adding;
  show();
  await engine.now();
}

/** What became of an act, where it is not simply stored. */
function answered({ resultat, fejl }, entry) {
  if (resultat === "egen_seddel") message = "En anden rettede sedlen imens. Begge tekster står her nu.";
  if (resultat === "beholdt") {
    message = "En anden rettede sedlen imens, så den blev stående.";
    undo.hidden = true;
  }
  if (resultat === "afvist") message = `Det blev ikke gemt: ${fejl}${entry?.tekst ? ` Du skrev: »${entry.tekst}«` : ""}`;
}

function show() {
  if (board.tilstand || outbox.antal) for (const view of views) view.show();
  const words = [message, statusWords({ trouble: engine.trouble, sending: engine.sending, outbox, board })].filter(Boolean).join(" · ");
  if (status.textContent !== words) status.textContent = words;
  const began = root.dataset.tilstand === "foer" && board.tilstand === "i_gang";
  if (board.tilstand) root.dataset.tilstand = board.tilstand;
  if (began) location.reload(); // The page was made without places to write.
}
