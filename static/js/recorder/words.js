// Times, figures, events and states in plain Danish. The server's twin for times is supervision/danish.py. No DOM.

import { isSealed } from "./seal.js";
import { ANDEN_PERSON, LOGGET_UD, NEJ, UDEN_NET } from "./states.js";

const UR = { start: "Samtalen er begyndt", pause: "Pause", genoptag: "Videre efter pausen", slut: "Samtalen er slut" };
const TALER = { samtidig: "Samtidig tale", stilhed: "Stilhed" };
const UGU = { undersoeg: "Undersøg (U)", giv: "Giv (G)" };
const NOTE_LENGTH = 40;
const IN_DENMARK = new Intl.DateTimeFormat("da-DK", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Copenhagen" });

/** “12.41”, “1.02.05”. */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}.${two(minutes)}.${two(rest)}` : `${minutes}.${two(rest)}`;
}

/** “kl. 11.15”, in Denmark, of a wall clock. */
export function clockTime(ms) {
  return `kl. ${IN_DENMARK.format(ms).replace(":", ".")}`;
}

/** “41 min.”, “2 min. 10 sek.”, “8 sek.” */
export function duration(ms) {
  const seconds = Math.floor((ms + 500) / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes >= 10) return `${Math.floor((seconds + 30) / 60)} min.`;
  if (minutes === 0) return `${rest} sek.`;
  return rest ? `${minutes} min. ${rest} sek.` : `${minutes} min.`;
}

/** “58 %”. */
export function percent(share) {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** One event as the observer would say it. names: { ur, taler, fase, element, faerdighed }, code to name. */
export function eventWords({ spor, kode }, names) {
  if (spor === "ur") return names.ur?.[kode] ?? UR[kode] ?? kode;
  if (spor === "taler") return names.taler[kode] ?? TALER[kode] ?? kode;
  if (spor === "fase") return `Fase: ${names.fase[kode] ?? kode}`;
  if (spor === "emne") return `Emne ${kode}`;
  if (spor === "ugu") return UGU[kode] ?? kode;
  if (spor === "note") return noteWords(kode);
  return names[spor]?.[kode] ?? kode;
}

/** A note's beginning; one that was sealed before a reload can be read again when it has been sent. */
function noteWords(text) {
  if (isSealed(text)) return "Note (låst, til den er sendt)";
  return `Note: ${text.length > NOTE_LENGTH ? `${text.slice(0, NOTE_LENGTH)} …` : text}`;
}

/** Where the log is, in words that are true: { skriver, venter, afvist }, the sync's state, is there a net. */
export function stateWords({ skriver, venter, afvist }, state, { trouble, online }) {
  const refused = afvist ? ` · ${afvist} kunne ikke sendes` : "";
  if (trouble && venter) return `Kun på skærmen · ${venter} venter`;
  if (skriver && venter) return "Gemmer …";
  if (!venter) return `Gemt${refused}${online ? "" : " · uden net"}`;
  const where = `Gemt på enheden · ${venter} venter`;
  return state === UDEN_NET || !online ? `Uden net · ${where.toLowerCase()}${refused}` : `${where}${refused}`;
}

const NEW_CODE = "Lav en ny kode på din egen enhed, og åbn den her, så sendes det.";

/** The way back in: byCode: the device was opened by a code, and a new one opens it again. over: the samtale is. */
export function signedOutWords({ byCode, over }) {
  if (byCode) return `Enheden er logget ud. ${over ? "Alt er gemt" : "Bliv bare ved, alt gemmes"} på den. ${NEW_CODE}`;
  if (over) return "Du er logget ud. Alt er gemt på enheden og sendes, når du er logget ind igen.";
  return "Du er logget ud. Bliv bare ved, alt gemmes på enheden.";
}

/** What has to be said above the state words, or "": something the observer can do something about. */
export function bannerWords(state, reason, { trouble, secure, til_side, byCode }) {
  if (!secure) return "Optageren kræver en sikker forbindelse (https). Bed jeres administrator om adressen.";
  if (trouble) return "Enheden vil ikke gemme. Hold siden åben og på nettet, til der står Gemt.";
  if (state === LOGGET_UD) return signedOutWords({ byCode, over: false });
  if (state === ANDEN_PERSON) return "En anden er logget ind i browseren. Log ind som dig selv for at sende.";
  if (state === NEJ) return `Alt ligger på enheden, men serveren tager ikke imod. ${reason}`.trim();
  return til_side ? asideWords(til_side) : "";
}

/** What the server keeps outside the log: it came too late, or the samtale is not this person's. */
export function asideWords(count) {
  const what = count === 1 ? "Én hændelse hører" : `${count} hændelser hører`;
  return `${what} ikke til i loggen og er lagt til side. Du finder dem under Samtaler.`;
}
