// How it stands, what is wrong, and who takes something on, in words. No DOM.

import { lignerCpr } from "../../recorder/cpr.js";

const CPR = "Det ligner et CPR-nummer. Tag det ud, så gemmer vi resten.";

const TROUBLE = {
  uden_net: "Uden net",
  logget_ud: "Du er logget ud. Log ind igen, så sendes det, du har skrevet",
  ude: "Du er ikke med i gruppen længere",
};

/** One line: is it with the server, or on this device, or nowhere yet? */
export function statusWords({ trouble, sending, outbox, board }) {
  const n = outbox.antal;
  if (!n) return trouble === "uden_net" ? "Uden net. Skriv bare videre: Det gemmes på enheden." : trouble ? `${TROUBLE[trouble]}.` : board.tilstand === "i_gang" ? "Gemt" : "";
  if (outbox.closed) return `Mødet er slut, og ${count(n)} nåede ikke med. Teksten ligger på enheden.`;
  if (!outbox.kept) return `${count(n)} er ikke gemt endnu. Lad siden stå åben, til der er net.`;
  if (trouble === "uden_net") return `Gemt på enheden, sendes, når der er net · ${n} venter`;
  if (trouble) return `${TROUBLE[trouble]}. Gemt på enheden · ${n} venter`;
  return sending ? "Sender …" : "Gemt på enheden · sendes nu";
}

function count(n) {
  return n === 1 ? "én ting" : `${n} ting`;
}

/** What is wrong with a note's words, or nothing. The server says the same. */
export function problem(tekst) {
  if (!tekst.trim()) return "Sedlen er tom. Skriv et par ord.";
  return lignerCpr(tekst) ? CPR : "";
}

/** Who takes an entry on, or has been asked to; as Seddel.ejer_saetning on the server. */
export function ownerWords(ejer, navn, ja) {
  if (!ejer) return "";
  if (ejer === "alle") return "Alle tager den";
  return ja ? `${navn} tager den` : `${navn} er spurgt`;
}
