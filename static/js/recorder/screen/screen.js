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
  const [practise, end] = [root.querySelector("[data-act=proev]"), root.querySelector("[data-act=afslut]")];
  const sleeps = root.querySelector("[data-start-sleeps]");
  return ({ running, known, ready, practiceLeftMs, practised, mayStayAwake }) => {
    const face = running.slut ? "slut" : running.startet ? "i_gang" : "klar";
    root.dataset.state = running.pause && face === "i_gang" ? "pause" : face;
    parts.start.hidden = face !== "klar";
    parts.besked.hidden = true;
    parts.slut.hidden = face !== "slut";
    parts.skaerm.inert = face !== "i_gang";
    root.toggleAttribute("data-practice", practiceLeftMs !== null);
    start.disabled = !ready;
    practise.disabled = !ready;
    end.textContent = practiceLeftMs === null ? "Afslut" : "Stop";
    sleeps.hidden = mayStayAwake;
    words.textContent = known ? `${practised ? "Prøven er slut, og intet er gemt. " : ""}Uret går, når du trykker.` : "Henter …";
  };
}
