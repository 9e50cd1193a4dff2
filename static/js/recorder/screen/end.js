// After the samtale: what is saved, what still waits, and the way to the feedback.

import { ADRESSER } from "../api.js";
import { ANDEN_PERSON, LOGGET_UD, NEJ } from "../states.js";
import { asideWords, signedOutWords } from "../words.js";

export function endPiece(root) {
  const find = (name) => root.querySelector(`[data-end-${name}]`);
  const [heading, words, feedback, signin, refused, file] = ["heading", "words", "feedback", "signin", "refused", "file"].map(find);
  signin.href = ADRESSER.log_ind;
  let shown = false;
  return ({ running, counts, sync, online, byCode }) => {
    if (!running.slut) return;
    const said = endWords(counts, sync, { online, byCode });
    if (words.textContent !== said) words.textContent = said;
    if (sync.ended) feedback.href = sync.ended;
    feedback.hidden = !sync.ended;
    signin.hidden = sync.state !== LOGGET_UD && sync.state !== ANDEN_PERSON;
    refused.hidden = !counts.afvist;
    file.hidden = !counts.afvist && (sync.state !== NEJ || !counts.venter);
    if (!shown) heading.focus();
    shown = true;
  };
}

function endWords({ venter, afvist, til_side }, { state, ended, reason }, { online, byCode }) {
  if (ended && til_side) return asideWords(til_side);
  if (ended) return afvist ? "Resten er gemt." : "Alt er gemt.";
  if (state === LOGGET_UD) return signedOutWords({ byCode, over: true });
  if (state === ANDEN_PERSON) return "En anden er logget ind i browseren. Log ind som dig selv, så sendes resten.";
  if (state === NEJ) return `Alt ligger på enheden, men serveren tager ikke imod. ${reason}`;
  if (!online) return "Uden net. Alt er gemt på enheden og sendes, når der er net igen. Lad siden stå åben.";
  return venter ? `Sender det sidste: ${venter} venter …` : "Afslutter …";
}
