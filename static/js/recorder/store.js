// The device's own memory: one database per person, so that the next user of a tablet never meets another's log.
// A promise from here is kept only when the transaction is complete and on disk. No DOM, no names, no readable notes.
//
// haendelser: { kontrakt, id, nr, t_ms, spor, kode, sendt, grund }, key [kontrakt, id]; sendt as in journal.js.
// samtaler:   { kontrakt, startet_at, slut }, milliseconds of the wall clock at t_ms 0; slut: to be ended on the server.
// skaerme:    { kontrakt, skaerm, hentet_at }, what the screen shows, so that it can be opened without a net.

import { deleteDB, openDB } from "../../vendor/idb/index.js";
import { AFVIST, VENTER } from "./records.js";

const VERSION = 2;
const ON_DISK = { durability: "strict" };
const KEEP_SCREEN_MS = 30 * 24 * 60 * 60 * 1000;

/** Open the person's database. Rejects where the browser keeps nothing (private mode, blocked storage). */
export async function openStore(person) {
  const store = new Store(`supervision-${person}`);
  await store.open();
  return store;
}

/** Take everything of the person off the device. */
export function removeStore(person) {
  return deleteDB(`supervision-${person}`);
}

class Store {
  #database = null;

  constructor(name) {
    this.name = name;
    this.onLost = () => {};
  }

  async open() {
    this.#database ??= await openDB(this.name, VERSION, {
      upgrade,
      blocking: () => this.close(),
      terminated: () => this.#lost(),
    });
    return this.#database;
  }

  close() {
    this.#database?.close();
    this.#database = null;
  }

  /** { startet_at (or null), slut, records } of one kontrakt. */
  async load(kontrakt) {
    const database = await this.open();
    const [samtale, records] = await Promise.all([
      database.get("samtaler", kontrakt),
      database.getAllFromIndex("haendelser", "kontrakt", kontrakt),
    ]);
    return { startet_at: samtale?.startet_at ?? null, slut: samtale?.slut ?? false, records };
  }

  /** Note when the samtale began. */
  begin(kontrakt, startet_at) {
    return this.#write("samtaler", (store) => [store.put({ kontrakt, startet_at, slut: false })]);
  }

  /** Note that the samtale is over and is to be ended on the server. */
  end(kontrakt, startet_at) {
    return this.#write("samtaler", (store) => [store.put({ kontrakt, startet_at, slut: true })]);
  }

  /** Write records, new or changed; all of them or none. */
  put(records) {
    return this.#write("haendelser", (store) => records.map((record) => store.put(record)));
  }

  /** Keep what a screen shows. */
  putScreen(kontrakt, skaerm) {
    return this.#write("skaerme", (store) => [store.put({ kontrakt, skaerm, hentet_at: Date.now() })]);
  }

  /** What the screen of a kontrakt shows, or null. */
  async screen(kontrakt) {
    return (await (await this.open()).get("skaerme", kontrakt))?.skaerm ?? null;
  }

  /** [{ kontrakt, skaerm }]: the screens that can be opened without a net. */
  async screens() {
    const kept = await (await this.open()).getAll("skaerme");
    return kept.filter(({ hentet_at }) => hentet_at > Date.now() - KEEP_SCREEN_MS);
  }

  /** The kontrakter that have something to send: { kontrakt: how many events } (0: only its end). */
  async waiting() {
    const database = await this.open();
    const [events, samtaler] = await Promise.all([
      database.getAllFromIndex("haendelser", "sendt", 0),
      database.getAll("samtaler"),
    ]);
    const found = Object.fromEntries(samtaler.filter(({ slut }) => slut).map(({ kontrakt }) => [kontrakt, 0]));
    for (const { kontrakt } of events) found[kontrakt] = (found[kontrakt] ?? 0) + 1;
    return found;
  }

  /** Take a whole samtale off the device, when the server has all of it. */
  async forget(kontrakt) {
    const database = await this.open();
    const keys = await database.getAllKeysFromIndex("haendelser", "kontrakt", kontrakt);
    await this.#write("haendelser", (store) => keys.map((key) => store.delete(key)));
    for (const name of ["samtaler", "skaerme"]) await this.#write(name, (store) => [store.delete(kontrakt)]);
  }

  /** Whether there is anything here that the server has not got: not sent, not ended there, or refused by it. */
  async holds() {
    const refused = await (await this.open()).countFromIndex("haendelser", "sendt", AFVIST);
    return refused > 0 || Object.keys(await this.waiting()).length > 0;
  }

  /** Before somebody leaves with something unsent: keep that, and take everything else off the device. */
  async keepOnlyUnsent() {
    const waiting = await this.waiting();
    const database = await this.open();
    const all = await database.getAll("haendelser");
    const [sent, unsent] = [all.filter(hasServer), all.filter((record) => !hasServer(record))];
    const kept = new Set([...Object.keys(waiting), ...unsent.map(({ kontrakt }) => kontrakt)]);
    await this.#write("haendelser", (store) => sent.map(({ kontrakt, id }) => store.delete([kontrakt, id])));
    for (const name of ["samtaler", "skaerme"]) {
      const gone = (await database.getAllKeys(name)).filter((kontrakt) => name === "skaerme" || !kept.has(kontrakt));
      await this.#write(name, (store) => gone.map((kontrakt) => store.delete(kontrakt)));
    }
  }

  async #write(name, work) {
    const transaction = (await this.open()).transaction(name, "readwrite", ON_DISK);
    await Promise.all([...work(transaction.store), transaction.done]);
  }

  /** The browser has closed the database under us: somebody cleared the site's data, or the disk is failing. */
  #lost() {
    this.#database = null;
    this.onLost();
  }
}

function hasServer({ sendt }) {
  return sendt !== VENTER && sendt !== AFVIST;
}

function upgrade(database, before, _after, transaction) {
  if (before < 1) {
    database.createObjectStore("haendelser", { keyPath: ["kontrakt", "id"] }).createIndex("kontrakt", "kontrakt");
    database.createObjectStore("samtaler", { keyPath: "kontrakt" });
  }
  transaction.objectStore("haendelser").createIndex("sendt", "sendt");
  database.createObjectStore("skaerme", { keyPath: "kontrakt" });
}
