// Who has the word: the fields, the bar of shares, and a calm word when the medarbejder has had it for long.

import { effective } from "../log.js";
import { activeMs, prepare } from "../runs.js";
import { clock, percent } from "../words.js";

const ENOUGH_TO_SAY_MS = 60_000;
const ROOM_FOR_WORDS = 0.12;

export function talkPiece(root, { parter, navne, graense }) {
  const fields = [...root.querySelectorAll("[data-spor=taler]")];
  const draw = sharesPiece(root, parter, navne.taler, graense);
  return (view) => {
    for (const field of fields) {
      const { kode } = field.dataset;
      const runs = view.running.taler === kode;
      field.setAttribute("aria-pressed", String(runs));
      field.querySelector("[data-time]").textContent = timeWords(view, kode, runs, parter.includes(kode));
    }
    draw(view.figures);
  };
}

function timeWords({ events, nowMs, figures }, kode, runs, isParty) {
  const total = figures.taletid_ms[kode] ?? 0;
  if (runs && isParty) return `taler nu · ${clock(currentRunMs(events, kode, nowMs))}`;
  if (isParty) return `i alt ${clock(total)}`;
  return total || runs ? clock(total) : "";
}

/** How long the running speaker has had the word without a break, pauses taken out. */
function currentRunMs(events, kode, nowMs) {
  const log = prepare(events, nowMs);
  const said = effective(events).filter((event) => event.spor === "taler");
  const before = said.findLastIndex((event) => event.kode !== kode);
  return activeMs(log, Math.max(said[before + 1].t_ms, log.start), log.end);
}

function sharesPiece(root, parter, names, limit) {
  const bar = root.querySelector("[data-shares]");
  const none = root.querySelector("[data-shares-none]");
  const parts = new Map(parter.map((kode) => [kode, root.querySelector(`[data-share=${kode}]`)]));
  return ({ taletid_andel, taletid_ms }) => {
    const spoken = parter.reduce((sum, kode) => sum + (taletid_ms[kode] ?? 0), 0);
    const much = spoken >= ENOUGH_TO_SAY_MS && (taletid_andel.medarbejder ?? 0) >= limit;
    none.hidden = spoken > 0;
    for (const [kode, part] of parts) {
      const share = taletid_andel[kode] ?? 0;
      part.hidden = share === 0;
      part.style.setProperty("flex-grow", share);
      part.textContent = share < ROOM_FOR_WORDS ? "" : percent(share);
      if (much && kode === "medarbejder") part.textContent += ` · ${names[kode]} har haft ordet længe`;
    }
    const words = parter.map((kode) => `${names[kode]} ${percent(taletid_andel[kode] ?? 0)}`).join(", ");
    bar.setAttribute("aria-label", spoken ? `Taletid: ${words}` : "Taletid: ingen har talt endnu");
  };
}
