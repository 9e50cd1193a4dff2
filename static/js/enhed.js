// What a page has to do with the device it is on, where somebody is signed in: knowing who it is (an id, no name), sending
// what a recorder left behind, keeping the next recorder ready, and leaving nothing at sign-out.

import { ADRESSER } from "./recorder/api.js";
import { hasStore, remember, whoIsHere } from "./recorder/device.js";

const person = document.querySelector("meta[name=signed-in]")?.content;
const PATIENCE_MS = 120_000;
const notice = document.querySelector("[data-outbox]");
let leaving = null;

if (person) {
  for (const form of document.querySelectorAll("[data-sign-out]")) form.addEventListener("submit", signOut);
  const ready = [...document.querySelectorAll("[data-optager-klar]")].map((one) => one.dataset.optagerKlar);
  if (ready.length) import("./recorder/prepare.js").then(({ prepare }) => prepare(ready));
  window.addEventListener("online", sendWhatWaits);
  await arrive();
  await sendWhatWaits();
}

/** Whoever was here before and did not sign out leaves behind only what the server has not got. */
async function arrive() {
  if ((await whoIsHere()) === person) return;
  await remember(person);
  await import("./recorder/others.js").then(({ tidyOthers }) => tidyOthers(person)).catch(() => {});
}

/** Everything of this person's leaves the device with them; what cannot be sent is asked about. */
async function signOut(event) {
  event.preventDefault();
  const found = await (leaving ?? import("./recorder/leave.js")).catch(() => null);
  if (found) await found.leave(event.target, person, document.querySelector("[data-leave]"));
  else event.target.submit();
}

async function sendWhatWaits() {
  if (!(await hasStore(person).catch(() => true))) return;
  const { Outbox } = await import("./recorder/outbox.js");
  const outbox = new Outbox(person);
  const before = await outbox.waiting().catch(() => null);
  if (!before?.samtaler) return;
  leaving ??= import("./recorder/leave.js"); // At once: the net may be gone when it is needed.
  say(`Der ligger noget fra en samtale på enheden (${count(before.events)}). Det sendes nu …`);
  const left = await outbox.send(PATIENCE_MS);
  if (left.samtaler) say(`Der ligger stadig noget fra en samtale på enheden (${count(left.events)}). Det sendes, når det kan lade sig gøre.`);
  else if (left.til_side) say(`${count(left.til_side)} hørte ikke til i loggen og er lagt til side.`, ADRESSER.til_side);
  else say("Det, der lå på enheden fra en samtale, er sendt nu.");
}

function say(words, address = "") {
  const link = notice.querySelector("[data-outbox-aside]");
  notice.hidden = false;
  notice.querySelector("[data-outbox-words]").textContent = words;
  link.hidden = !address;
  link.href = address;
}

function count(events) {
  return events === 1 ? "1 hændelse" : `${events} hændelser`;
}
