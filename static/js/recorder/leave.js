// Signing out on a device that may still hold something: send first; what cannot be sent is the person's own choice. Then
// everything of theirs leaves the device, and only then the sign-out itself.

import { forgetWho } from "./device.js";
import { saveAsFile } from "./file.js";
import { Outbox } from "./outbox.js";
import { removeStore } from "./store.js";

const PATIENCE_MS = 3_000;

/** Called instead of sending the sign-out form. dialog: the page's <dialog data-leave>. */
export async function leave(form, person, dialog) {
  const outbox = new Outbox(person);
  const choice = choices(dialog);
  for (;;) {
    const waits = await outbox.waiting().catch(() => null);
    if (!waits) return signOut(form);
    if (!waits.samtaler) return signOut(form, () => removeAll(person));
    say(dialog, `Sender det, der venter: ${words(waits.events)} …`, []);
    const left = await outbox.send();
    if (!left.samtaler) return signOut(form, () => removeAll(person));
    say(dialog, ...explanation(left.events));
    const chosen = await choice();
    if (chosen === "bliv") return dialog.close();
    if (chosen === "fil") for (const journal of await outbox.journals()) await saveAsFile(journal);
    if (chosen === "log_ud") return signOut(form, () => outbox.store.keepOnlyWaiting());
  }
}

/** clear: takes what may be taken off the device. Where the device could not be asked, it is left as it is: locked. */
async function signOut(form, clear = async () => {}) {
  await clear().catch(() => {});
  await forgetWho();
  form.submit();
}

async function removeAll(person) {
  const all = Promise.all([removeStore(person), removeStore(`${person}-oevelse`)]);
  await Promise.race([all, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
}

function explanation(events) {
  const what = events ? `${words(events)} er` : "Afslutningen af en samtale er";
  if (!navigator.onLine) {
    return [`${what} ikke sendt, og du er uden net. Du kan logge ud, når der er net igen.`, ["proev", "fil", "bliv"]];
  }
  const stays = "Logger du ud nu, bliver det liggende låst på enheden og sendes, næste gang du logger ind her.";
  return [`${what} ikke sendt endnu. ${stays}`, ["proev", "fil", "log_ud", "bliv"]];
}

function words(events) {
  return events === 1 ? "1 hændelse" : `${events} hændelser`;
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
