// Signing out on a device that may still hold something: send first; what cannot be sent is the person's own choice. Then
// everything of theirs leaves the device, and only then the sign-out itself. Where nobody has anything left here, the form
// says so (`ryd`), and the reply lets the browser forget the whole site.

import { forgetWho } from "./device.js";
import { settleDrafts } from "./drafts.js";
import { saveAsFile } from "./file.js";
import { isNobodyElses } from "./others.js";
import { Outbox } from "./outbox.js";
import { explain, sending } from "./parting.js";
import { removeStore } from "./store.js";

const PATIENCE_MS = 3_000;

/** Called instead of sending the sign-out form. dialog: the page's <dialog data-leave>. */
export async function leave(form, person, dialog) {
  const outbox = new Outbox(person);
  const choice = choices(dialog);
  for (;;) {
    const waits = await outbox.waiting().catch(() => null);
    if (!waits) return signOut(form);
    if (waits.samtaler) say(dialog, sending(waits.events), []);
    const left = waits.samtaler ? await outbox.send() : waits;
    const drafts = await settleDrafts(person).catch(() => 0);
    if (!left.samtaler && !drafts && navigator.onLine) return signOut(form, () => removeAll(outbox), person);
    say(dialog, ...explain({ ...left, drafts, online: navigator.onLine }));
    const chosen = await choice();
    if (chosen === "bliv") return dialog.close();
    if (chosen === "fil") for (const journal of await outbox.journals()) await saveAsFile(journal);
    if (chosen === "log_ud") return signOut(form, () => removeAll(outbox));
  }
}

/** clear: takes what may be taken off the device. Where the device could not be asked, it is left as it is: locked. */
async function signOut(form, clear = async () => {}, person = null) {
  await clear().catch(() => {});
  await forgetWho();
  if (person && (await isNobodyElses(person).catch(() => false))) form.append(field("ryd", "alt"));
  form.submit();
}

/** What the server has not got stays, locked; where it has everything, nothing stays. */
async function removeAll({ person, store }) {
  if (await store?.holds()) return store.keepOnlyUnsent();
  store?.close();
  const all = Promise.all([removeStore(person), removeStore(`${person}-oevelse`)]);
  return Promise.race([all, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
}

function field(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function say(dialog, text, offered) {
  dialog.querySelector("[data-leave-words]").textContent = text;
  for (const button of dialog.querySelectorAll("[data-leave-choice]")) {
    button.hidden = !offered.includes(button.dataset.leaveChoice);
  }
  if (!dialog.open) dialog.showModal();
}

/** A function that waits for the next button; Escape is to stay. */
function choices(dialog) {
  return () =>
    new Promise((chosen) => {
      dialog.oncancel = () => chosen("bliv");
      for (const button of dialog.querySelectorAll("[data-leave-choice]")) {
        button.onclick = () => chosen(button.dataset.leaveChoice);
      }
    });
}
