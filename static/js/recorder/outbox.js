// Sending what a person left behind on this device, from whichever page they open: samtaler that ended without a net, ticks
// from before somebody else took the tablet, events that came after another device ended the samtale. No DOM.

import { Api } from "./api.js";
import { hasStore } from "./device.js";
import { Journal } from "./journal.js";
import { running } from "./measures.js";
import { TRAVLT } from "./states.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";

const PATIENCE_MS = 10_000;

/** Of this person: how many events wait, and a way to send them. */
export class Outbox {
  constructor(person) {
    this.person = person;
    this.store = null;
  }

  /** { events, samtaler }: what waits here. Makes no database where there is none; rejects where it cannot be read. */
  async waiting() {
    if (!this.store && !(await hasStore(this.person))) return { events: 0, samtaler: 0 };
    this.store ??= await openStore(this.person);
    const counts = Object.values(await this.store.waiting());
    return { events: counts.reduce((sum, count) => sum + count, 0), samtaler: counts.length };
  }

  /**
   * Send all of it, one samtale after the other; a busy server gets so long. Returns what still waits and what the server
   * keeps outside the logs.
   */
  async send(patienceMs = PATIENCE_MS) {
    const until = performance.now() + patienceMs;
    const left = await this.waiting();
    if (!left.samtaler) return { ...left, til_side: 0 };
    let til_side = 0;
    for (const kontrakt of Object.keys(await this.store.waiting())) til_side += await this.#sendOne(kontrakt, until);
    return { ...(await this.waiting()), til_side };
  }

  /** The journals of what still waits, for a file. */
  async journals() {
    const kontrakter = this.store ? Object.keys(await this.store.waiting()) : [];
    return Promise.all(kontrakter.map((kontrakt) => this.#journal(kontrakt)));
  }

  async #sendOne(kontrakt, until) {
    const journal = await this.#journal(kontrakt);
    const sync = new Sync({ journal, api: new Api(kontrakt), person: this.person });
    sync.ending = journal.slut || running(journal.events).slut;
    await sync.now();
    while (sync.state === TRAVLT && sync.notBefore < until) await sync.whenTold();
    sync.stop();
    return journal.counts.til_side;
  }

  async #journal(kontrakt) {
    const journal = new Journal({ kontrakt, store: this.store });
    await journal.load();
    return journal;
  }
}
