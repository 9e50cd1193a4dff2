// What others left on this device. Somebody whose sign-in ran out, or was ended elsewhere, never signed out here: when the
// next person signs in, what the server has of theirs leaves the device, and what it has not got stays, locked. No DOM.

import { countDrafts } from "./drafts.js";
import { openStore, removeStore } from "./store.js";

const STORE = /^supervision-([0-9a-f]{8}-[0-9a-f-]{27})(-oevelse)?$/;

/** Take off the device what others have sent. What they have not sent is neither shown, sent nor deleted. */
export async function tidyOthers(person) {
  for (const other of await listOthers(person)) {
    const store = await openStore(other);
    const holds = await store.holds();
    if (holds) await store.keepOnlyUnsent();
    store.close();
    if (!holds) await removeStore(other);
  }
}

/** Whether nobody else has anything here, so that the browser may forget the whole site. False where it cannot tell. */
export async function isNobodyElses(person) {
  if (!indexedDB.databases) return false;
  return !(await listOthers(person)).length && !(await countDrafts());
}

/** The names of others' databases, as store.js takes them. */
async function listOthers(person) {
  const known = (await indexedDB.databases?.()) ?? [];
  return known
    .map(({ name }) => STORE.exec(name))
    .filter((found) => found && found[1] !== person)
    .map(([, other, practice = ""]) => other + practice);
}
