// The top strip: time gone (pauses taken out), time left by the kontrakt, and the pause button.

import { clock, clockTime } from "../words.js";

const MINUTE = 60_000;

export function timePiece(root, { laengde_min }) {
  const [gone, left, until, pause] = ["clock", "left", "until", "pause"].map((name) => root.querySelector(`[data-${name}]`));
  return ({ figures, running, wallMs }) => {
    const rest = laengde_min * MINUTE - figures.varighed_ms;
    gone.textContent = clock(figures.varighed_ms);
    left.textContent = running.pause ? "Pause" : leftWords(rest);
    until.textContent = running.startet && !running.pause && rest > 0 ? `til ${clockTime(wallMs + rest)}` : "";
    pause.textContent = running.pause ? "Genoptag" : "Pause";
    pause.setAttribute("aria-pressed", String(running.pause));
  };
}

function leftWords(rest) {
  const minutes = Math.ceil(Math.abs(rest) / MINUTE);
  if (rest > 0) return `${minutes} min. tilbage`;
  return rest > -MINUTE ? "tiden er gået" : `${Math.floor(-rest / MINUTE)} min. over`;
}
