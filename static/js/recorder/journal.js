// One samtale's log: in memory for the screen, on the device before anything is called saved, and told apart by
// what the server has said of each event. Nothing is ever dropped. No DOM.

import { AFVIST, GEMT, Safekeeping, TIL_SIDE, VENTER, asEvent } from "./records.js";
import { isSealed } from "./seal.js";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export class Journal {
  #records = new Map();
  #writing = 0;
  #count = { [VENTER]: 0, [GEMT]: 0, [AFVIST]: 0, [TIL_SIDE]: 0 };
  #events = null;
  #retryMs = FIRST_RETRY_MS;
  #retry = null;
  #failed = 0;

  /**
   * store: from store.js, or null where the device keeps nothing; sealer: from seal.js, or null; tabs: from tabs.js, or
   * null; onChange is called after every change.
   */
  constructor({ kontrakt, store, sealer = null, tabs = null, onChange = () => {} }) {
    Object.assign(this, { kontrakt, store, tabs, onChange, startet_at: null, slut: false, trouble: store === null });
    this.safe = new Safekeeping(sealer);
    if (store) store.onLost = () => this.#save([...this.#records.values()], { lost: true });
    tabs?.listen((news) => this.#hear(news));
  }

  /** Read what the device has of this samtale. */
  async load() {
    if (!this.store) return;
    const { startet_at, slut, records } = await this.store.load(this.kontrakt);
    Object.assign(this, { startet_at, slut });
    for (const record of records) {
      this.safe.know(record);
      this.#set(record);
    }
  }

  /** All events, fortryd included; the same array until something is added. */
  get events() {
    this.#events ??= [...this.#records.values()].map(asEvent);
    return this.#events;
  }

  /** How many are being written on the device, wait for the server, are with it, were refused, or put aside by it. */
  get counts() {
    const { [VENTER]: venter, [GEMT]: gemt, [AFVIST]: afvist, [TIL_SIDE]: til_side } = this.#count;
    return { skriver: this.#writing, venter, gemt, afvist, til_side };
  }

  /** Note when the samtale began (milliseconds of the wall clock). */
  begin(startet_at) {
    this.startet_at = startet_at;
    this.tabs?.tell({ startet_at });
    return this.#keep((store) => store.begin(this.kontrakt, startet_at));
  }

  /** Note that the samtale is over, so that it is ended on the server whenever that can be. */
  end() {
    this.slut = true;
    return this.#keep((store) => store.end(this.kontrakt, this.startet_at));
  }

  /** Add new events; they are in `events` at once and on the device when the promise is kept. */
  add(events) {
    return this.#save(events.map((event) => ({ ...event, kontrakt: this.kontrakt, sendt: VENTER })));
  }

  /** The next events to send, oldest tap first. */
  waiting(limit) {
    const found = [];
    for (const record of this.#records.values()) {
      if (record.sendt === VENTER) found.push(asEvent(record));
    }
    return found.sort((a, b) => a.nr - b.nr).slice(0, limit);
  }

  /** The server has these on its disk. */
  acknowledge(ids) {
    return this.#mark(ids, { sendt: GEMT, grund: null });
  }

  /** The server would not take these: { id, grund }. They stay here, with the reason. */
  refuse(refusals) {
    return Promise.all(refusals.map(({ id, grund }) => this.#mark([id], { sendt: AFVIST, grund })));
  }

  /** The server has these, but outside the log: they came too late, or to somebody else's samtale. */
  putAside(ids) {
    return this.#mark(ids, { sendt: TIL_SIDE, grund: null });
  }

  refused() {
    return [...this.#records.values()].filter((record) => record.sendt === AFVIST);
  }

  /** Take in what the server has: one truth by id, and the server's body counts. startet_at: or null. */
  merge(startet_at, events) {
    const news = events.filter(({ id }) => this.#wants(this.#records.get(id)));
    if (startet_at !== null && this.startet_at === null) this.begin(startet_at);
    if (!news.length) return Promise.resolve();
    return this.#save(news.map((event) => ({ ...event, kontrakt: this.kontrakt, sendt: GEMT })));
  }

  /** What can be saved as a file: { startet_at, haendelser }, the unsent and the refused, notes sealed. */
  async unsent() {
    const records = [...this.#records.values()].filter(({ sendt }) => sendt === VENTER || sendt === AFVIST);
    const ready = new Map((await this.safe.ready(records)).map((record) => [record.id, record]));
    return { startet_at: this.startet_at, haendelser: records.map((record) => asEvent(ready.get(record.id) ?? record)) };
  }

  /** Take the samtale off the device; only when the server has all of it. */
  forget() {
    return this.#keep((store) => store.forget(this.kontrakt), true);
  }

  #wants(record) {
    return record?.sendt !== GEMT || isSealed(record.kode);
  }

  #mark(ids, change) {
    const known = ids.map((id) => this.#records.get(id)).filter(Boolean);
    return known.length ? this.#save(known.map((record) => ({ ...record, ...change }))) : Promise.resolve();
  }

  /** After a failed write everything is written again, so that the words are true once more when it succeeds. */
  #save(records, { lost = false } = {}) {
    for (const record of records) this.#set(record);
    if (!lost) this.tabs?.tell({ records });
    const whole = this.trouble || lost;
    const wanted = whole ? [...this.#records.values()] : records;
    return this.#keep(async (store) => {
      const ready = await this.safe.ready(wanted);
      if (whole && this.startet_at !== null) await store[this.slut ? "end" : "begin"](this.kontrakt, this.startet_at);
      await store.put(ready);
      return ready.length === wanted.length;
    }, whole);
  }

  /** Another tab has written this already: it belongs on this screen too. */
  #hear({ startet_at, records = [] }) {
    if (startet_at !== undefined) this.startet_at ??= startet_at;
    for (const record of records) {
      if (record.sendt >= (this.#records.get(record.id)?.sendt ?? VENTER)) this.#set(record);
    }
    this.onChange();
  }

  #set(record) {
    const before = this.#records.get(record.id);
    if (before) this.#count[before.sendt] -= 1;
    this.#count[record.sendt] += 1;
    this.#records.set(record.id, record);
    this.#events = null;
  }

  /** whole: nothing is left to write after it. Only that ends a trouble, and only when no other write has failed meanwhile. */
  async #keep(work, whole = false) {
    if (!this.store) return this.onChange();
    this.#writing += 1;
    this.onChange();
    const failed = this.#failed;
    try {
      const well = (await work(this.store)) !== false;
      if (!well || (whole && failed === this.#failed)) this.trouble = !well;
      if (!this.trouble) this.#retryMs = FIRST_RETRY_MS;
    } catch {
      this.trouble = true;
      this.#failed += 1;
      this.#tryAgain();
    }
    this.#writing -= 1;
    this.onChange();
  }

  /** The device would not store: ask again by and by, with everything there is. */
  #tryAgain() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#save([]), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}
