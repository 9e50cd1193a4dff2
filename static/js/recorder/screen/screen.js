// The whole screen: which of its three faces is shown (before, during, after), and its pieces.

import { endPiece } from "./end.js";
import { footPiece } from "./foot.js";
import { phasesPiece } from "./phases.js";
import { talkPiece } from "./talk.js";
import { tilesPiece } from "./tiles.js";
import { timePiece } from "./time.js";
import { uguPiece } from "./ugu.js";

const PIECES = [timePiece, phasesPiece, talkPiece, uguPiece, tilesPiece, footPiece, endPiece];

/** Returns a function that draws a view (see recorder.js). */
export function drawScreen(root, data) {
  const pieces = PIECES.map((piece) => piece(root, data));
  const drawFace = facePiece(root);
  return (view) => {
    drawFace(view);
    for (const piece of pieces) piece(view);
  };
}

function facePiece(root) {
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const [start, words] = [root.querySelector("[data-act=start]"), root.querySelector("[data-start-words]")];
  return ({ running, known }) => {
    const face = running.slut ? "slut" : running.startet ? "i_gang" : "klar";
    root.dataset.state = running.pause && face === "i_gang" ? "pause" : face;
    parts.start.hidden = face !== "klar";
    parts.slut.hidden = face !== "slut";
    parts.skaerm.inert = face !== "i_gang";
    start.disabled = !known;
    words.textContent = known ? "Uret går, når du trykker." : "Henter …";
  };
}
