// The device's own memory: one database per person, so that the next user of a tablet never meets another's log.
// A promise from here is kept only when the transaction is complete and on disk. No DOM.
//
// haendelser: { kontrakt, id, nr, t_ms, spor, kode, sendt, grund }, key [kontrakt, id]; sendt as in journal.js.
// samtaler:   { kontrakt, startet_at }, milliseconds of the wall clock at t_ms 0.

import { openDB } from "../../vendor/idb/index.js";

const VERSION = 1;
const ON_DISK = { durability: "strict" };

/** Open the person's database. Rejects where the browser keeps nothing (private mode, blocked storage). */
export async function openStore(person) {
  const database = await openDB(`supervision-${person}`, VERSION, {
    upgrade(fresh) {
      fresh.createObjectStore("haendelser", { keyPath: ["kontrakt", "id"] }).createIndex("kontrakt", "kontrakt");
      fresh.createObjectStore("samtaler", { keyPath: "kontrakt" });
    },
  });
  return new Store(database);
}

class Store {
  constructor(database) {
    this.database = database;
  }

  /** { startet_at (or null), records } of one kontrakt. */
  async load(kontrakt) {
    const [samtale, records] = await Promise.all([
      this.database.get("samtaler", kontrakt),
      this.database.getAllFromIndex("haendelser", "kontrakt", kontrakt),
    ]);
    return { startet_at: samtale?.startet_at ?? null, records };
  }

  /** Note when the samtale began. */
  async begin(kontrakt, startet_at) {
    await this.#write("samtaler", (store) => [store.put({ kontrakt, startet_at })]);
  }

  /** Write records, new or changed; all of them or none. */
  async put(records) {
    await this.#write("haendelser", (store) => records.map((record) => store.put(record)));
  }

  /** Take a whole samtale off the device, when the server has all of it. */
  async forget(kontrakt) {
    const keys = await this.database.getAllKeysFromIndex("haendelser", "kontrakt", kontrakt);
    await this.#write("haendelser", (store) => keys.map((key) => store.delete(key)));
    await this.#write("samtaler", (store) => [store.delete(kontrakt)]);
  }

  async #write(name, work) {
    const transaction = this.database.transaction(name, "readwrite", ON_DISK);
    await Promise.all([...work(transaction.store), transaction.done]);
  }
}
