// The draft on this device: written here first, sealed, so that a crash loses nothing and the next user of a shared tablet
// can read nothing. Only the server can open it, for whoever wrote it. One record for each person and observation, and one
// beside it for what is written before the server has opened the one that lies here: that one is not written over.

import { openDB } from "../../vendor/idb/index.js";
import { lignerCpr } from "../recorder/cpr.js";
import { Sealer } from "../recorder/seal.js";

const NAME = "supervision-kladder";
const ON_DISK = { durability: "strict" };
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

export class Kept {
  #database = null;

  /** form: the draft's form; its data tell the observation, the key and which stored draft the page was made from. */
  constructor(form, person) {
    const { observation, kid, noegle, udgave } = form.dataset;
    this.form = form;
    this.key = [person, observation];
    this.beside = [person, observation, "imens"];
    this.settled = false;
    this.base = udgave;
    this.sealer = new Sealer({ kid, noegle }, observation);
  }

  /** Whether anything can be kept here: plain http cannot seal, and some browsers store nothing. */
  get possible() {
    return this.sealer.possible && Boolean(globalThis.indexedDB);
  }

  /** Write the page's draft to the disk. Gives the record's number, by which it can be dropped. */
  async put(handedIn = false) {
    const draft = { base: this.base, afleveret: handedIn, punkter: this.points() };
    const forseglet = await this.sealer.seal(JSON.stringify(draft));
    const noegle = this.settled ? this.key : this.beside;
    const record = { noegle, forseglet, skrevet_at: Date.now() };
    await this.#write((store) => Promise.all([store.put(record, noegle), this.settled && store.delete(this.beside)]));
    return record.skrevet_at;
  }

  /** The sealed drafts that were kept, the older first. */
  async get() {
    const both = IDBKeyRange.bound(this.key, this.beside);
    return (await (await this.#open()).getAll("kladder", both)).map(({ forseglet }) => forseglet);
  }

  /** What was kept is on the page now, or with the server: from here on it is written over, and dropped. */
  settle() {
    this.settled = true;
  }

  drop() {
    return this.#write((store) => Promise.all([store.delete(this.beside), this.settled && store.delete(this.key)]));
  }

  /** Let what is older than a month go. */
  async tidy() {
    const all = await (await this.#open()).getAll("kladder");
    const old = all.filter(({ skrevet_at }) => skrevet_at < Date.now() - KEEP_MS);
    if (old.length) await this.#write((store) => Promise.all(old.map(({ noegle }) => store.delete(noegle))));
  }

  /** The points of the page that have words; what looks like a CPR number is not kept anywhere. */
  points() {
    return [...this.form.querySelectorAll("[data-punkt]")].map((point) => ({
      id: point.querySelector("[data-id]").value,
      slags: point.closest("[data-omraade]").dataset.omraade,
      tekst: point.querySelector("[data-tekst]").value,
      t_ms: point.querySelector("[data-oejeblik]").value,
    })).filter(({ tekst }) => tekst.trim() && !lignerCpr(tekst))
      .map((point) => ({ ...point, t_ms: point.t_ms === "" ? null : Number(point.t_ms) }));
  }

  async #open() {
    this.#database ??= await openDB(NAME, 1, { upgrade: (database) => database.createObjectStore("kladder") });
    return this.#database;
  }

  async #write(work) {
    const transaction = (await this.#open()).transaction("kladder", "readwrite", ON_DISK);
    await Promise.all([work(transaction.store), transaction.done]);
  }
}
