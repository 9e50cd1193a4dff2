// The bottom strip: the last event in words, where the log is, and what has to be said above it.

import { once, redoTarget, undoTarget } from "../log.js";
import { activeMs, prepare } from "../runs.js";
import { ADRESSER } from "../api.js";
import { ANDEN_PERSON, LOGGET_UD, NEJ } from "../states.js";
import { lastSaid } from "../taps.js";
import { bannerWords, clock, eventWords, stateWords } from "../words.js";

const SETTLED_MS = 1_500;
const [undoOf, redoOf] = [once(undoTarget), once(redoTarget)];
const PRACTICE = "Prøve: intet gemmes";

export function footPiece(root, { navne }) {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const [last, state] = [find("last"), find("state-words")];
  const [undo, redo] = [root.querySelector("[data-act=fortryd]"), root.querySelector("[data-act=gendan]")];
  const announce = announcer(find("state-live"));
  const banner = bannerPiece(find);
  return (view) => {
    last.textContent = lastWords(view.events, navne);
    setIfChanged(state, view.practiceLeftMs === null ? stateWords(view.counts, view.sync.state, view) : PRACTICE);
    announce(state.textContent);
    name(undo, "Fortryd", undoOf(view.events), navne);
    name(redo, "Gendan", redoOf(view.events), navne);
    banner(view);
  };
}

function bannerPiece(find) {
  const [banner, text, link, refused, file] = ["", "-text", "-link", "-refused", "-file"].map((end) => find(`banner${end}`));
  link.href = ADRESSER.log_ind;
  link.textContent = "Log ind igen for at sende";
  return (view) => {
    const { sync, trouble, counts, practiceLeftMs, byCode } = view;
    const words =
      practiceLeftMs === null
        ? bannerWords(sync.state, sync.reason, { trouble, secure: window.isSecureContext, til_side: counts.til_side, byCode })
        : `${PRACTICE}. ${Math.ceil(practiceLeftMs / 1000)} sek. tilbage.`;
    const shown = words || (counts.afvist ? `Serveren ville ikke tage ${counts.afvist} af krydsene.` : "");
    banner.hidden = !shown;
    setIfChanged(text, shown);
    link.hidden = sync.state !== LOGGET_UD && sync.state !== ANDEN_PERSON;
    refused.hidden = !counts.afvist;
    file.hidden = !mayNeedFile(view) || practiceLeftMs !== null;
  };
}

/** When the unsent may be safer in a file: the device keeps nothing, or the server will not take it. */
function mayNeedFile({ sync, trouble, counts }) {
  return (counts.venter > 0 && (trouble || sync.state === NEJ)) || counts.afvist > 0;
}

function lastWords(events, names) {
  const said = lastSaid(events);
  if (!said) return "Intet endnu";
  const log = prepare(events, said.t_ms);
  return `${eventWords(said, names)} · ${clock(activeMs(log, log.start, Math.max(log.start, said.t_ms)))}`;
}

function name(button, verb, target, names) {
  button.disabled = !target;
  button.setAttribute("aria-label", target ? `${verb}: ${eventWords(target, names)}` : verb);
}

/** Say a state aloud only when it has stood for a moment: a screen reader must not talk over the samtale. */
function announcer(live) {
  let [timer, wanted] = [null, ""];
  return (words) => {
    const kind = words.replace(/\d+/g, "").trim();
    if (kind === wanted) return;
    wanted = kind;
    clearTimeout(timer);
    timer = setTimeout(() => setIfChanged(live, words), SETTLED_MS);
  };
}

function setIfChanged(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
