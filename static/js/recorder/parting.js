// The words at a sign-out: what is not sent yet, what happens to it, and which choices there are. No DOM.

/** What is said while it is being sent. */
export function sending(events) {
  return `Sender det, der venter: ${words(events)} …`;
}

/** [text, choices]: samtaler and events as Outbox counts them, drafts of feedback, and whether there is a net. */
export function explain({ samtaler, events, drafts, online }) {
  const what = list(samtaler, events, drafts);
  const file = samtaler ? ["fil"] : [];
  if (!online) {
    const first = what ? `${what} er ikke sendt, og du er uden net.` : "Du er uden net.";
    return [`${first} Du kan logge ud, når der er net igen.${samtaler ? KEEP : ""}`, ["proev", ...file, "bliv"]];
  }
  const stays = "Logger du ud nu, bliver det liggende låst på enheden";
  const later = samtaler ? `${stays} og sendes, næste gang du logger ind her.` : `${stays}.`;
  const draft = drafts ? ` ${drafts === 1 ? "Udkastet" : "Udkastene"} kommer frem, når du logger ind her og skriver videre.` : "";
  return [`${what} er ikke sendt endnu. ${later}${draft}`, ["proev", ...file, "log_ud", "bliv"]];
}

const KEEP = " Det ligger låst på enheden så længe. Du kan også gemme det som fil og tage den med.";

function list(samtaler, events, drafts) {
  const parts = [];
  if (samtaler) parts.push(events ? words(events) : "afslutningen af en samtale");
  if (drafts) parts.push(drafts === 1 ? "et udkast til feedback" : `${drafts} udkast til feedback`);
  const text = parts.join(" og ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(events) {
  return events === 1 ? "1 hændelse" : `${events} hændelser`;
}
