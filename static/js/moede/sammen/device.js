// What waits to be sent, on this device: sealed for the server, so that the next one at a shared tablet can read nothing and
// nothing is lost when somebody signs out. Sent only in the name of the person who wrote it. No DOM.

import { openDB } from "../../../vendor/idb/index.js";
import { Sealer } from "../../recorder/seal.js";

const NAME = "supervision-sammen";
const ON_DISK = { durability: "strict" };

export class Device {
  #database = null;

  constructor({ person, moede, kid, noegle }) {
    Object.assign(this, { person, moede, sealer: new Sealer({ kid, noegle }, moede) });
  }

  /** Keep an act. Gives its sealed words (null: it has none). Rejects where nothing can be kept. */
  async put({ handling, orden, tekst, forseglet }) {
    if (tekst && !forseglet && !this.sealer.possible) throw new Error("cannot seal");
    const locked = forseglet ?? (tekst ? await this.sealer.seal(tekst) : null);
    const { person, moede } = this;
    await this.#write((store) => store.put({ person, moede, orden, handling, forseglet: locked }, this.#key(handling)));
    return locked;
  }

  drop(handling) {
    return this.#write((store) => store.delete(this.#key(handling)));
  }

  /** What this person has waiting for this meeting, in the order it was done. */
  async load() {
    const range = IDBKeyRange.bound([this.person, this.moede, ""], [this.person, this.moede, "\uffff"]);
    const found = await (await this.#open()).getAll("handlinger", range);
    return found.sort((one, other) => one.orden - other.orden);
  }

  #key({ id }) {
    return [this.person, this.moede, id];
  }

  async #open() {
    this.#database ??= await openDB(NAME, 1, { upgrade: (fresh) => fresh.createObjectStore("handlinger") });
    return this.#database;
  }

  async #write(work) {
    const transaction = (await this.#open()).transaction("handlinger", "readwrite", ON_DISK);
    await Promise.all([work(transaction.store), transaction.done]);
  }
}
