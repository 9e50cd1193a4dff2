// What this device knows of who uses it: an id, no name; and whether there is room. Kept where a promise of “on disk” can be
// had: the browser's small memory may be a minute behind the disk when its battery dies. No DOM.

import { openDB } from "../../vendor/idb/index.js";

const NAME = "supervision-enhed";
const LITTLE_ROOM = 5_000_000;
const ON_DISK = { durability: "strict" };

/** The id of the person who was signed in here last and has not signed out, or null. */
export async function whoIsHere() {
  return using(async (database) => (await database.get("hvem", "nu")) ?? null);
}

/** This person is signed in here now. */
export async function remember(person) {
  if ((await whoIsHere()) !== person) await write((store) => store.put(person, "nu"));
}

/** Nobody is here any more. */
export async function forgetWho() {
  await write((store) => store.delete("nu"));
}

/** Whether this device has a database of the person's (store.js); true where the browser cannot tell. */
export async function hasStore(person) {
  const known = await indexedDB.databases?.();
  return known?.some(({ name }) => name === `supervision-${person}`) ?? true;
}

/** Ask the browser to keep what we store, and say whether there is next to no room: { little }. */
export async function askForRoom() {
  await navigator.storage?.persist?.().catch(() => false);
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return { little: quota !== undefined && quota - usage < LITTLE_ROOM };
}

function write(work) {
  return using(async (database) => {
    const transaction = database.transaction("hvem", "readwrite", ON_DISK);
    await Promise.all([work(transaction.store), transaction.done]);
    return null;
  });
}

/** Null where the browser keeps nothing: then nobody is known here, and the recorder says so by its store. */
async function using(work) {
  let database = null;
  try {
    database = await openDB(NAME, 1, { upgrade: (fresh) => fresh.createObjectStore("hvem") });
    return await work(database);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}
