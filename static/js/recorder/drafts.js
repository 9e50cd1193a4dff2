// The drafts of feedback that lie on this device, sealed: feedback/kept.js writes them, and they come forth when their writer
// goes on writing. A draft may have reached the server without the device hearing of it; only the server can tell. No DOM.

import { openDB } from "../../vendor/idb/index.js";
import { ADRESSER, ask } from "./api.js";

const NAME = "supervision-kladder";

/** How many drafts of this person can still be sent; those the server has got leave the device. */
export async function settleDrafts(person) {
  const mine = IDBKeyRange.bound([person], [person, []]);
  return using(0, async (database) => {
    let left = 0;
    for (const { noegle, forseglet } of await database.getAll("kladder", mine)) {
      const { status, data } = await ask(ADRESSER.genopret(noegle[1]), { forseglet });
      if (status === 200 && !data.punkter.length) await database.delete("kladder", noegle);
      else if (status !== 404) left += 1;
    }
    return left;
  });
}

/** How many drafts the device keeps, whoever's they are. */
export function countDrafts() {
  return using(0, (database) => database.count("kladder"));
}

/** Makes no database where there is none. */
async function using(none, work) {
  const known = await indexedDB.databases?.();
  if (!known?.some(({ name }) => name === NAME)) return none;
  const database = await openDB(NAME, 1, { upgrade: (fresh) => fresh.createObjectStore("kladder") });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
