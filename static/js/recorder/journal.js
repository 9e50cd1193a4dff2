// One samtale's log: in memory for the screen, on the device before anything is called saved, and told apart by
// what the server has said of each event. Nothing is ever dropped. No DOM.

export const VENTER = 0;
export const GEMT = 1;
export const AFVIST = 2;

export class Journal {
  #records = new Map();
  #writing = 0;
  #waiting = 0;
  #events = null;

  /** store: from store.js, or null where the device keeps nothing; onChange is called after every change. */
  constructor({ kontrakt, store, onChange }) {
    Object.assign(this, { kontrakt, store, onChange, startet_at: null, trouble: store === null });
  }

  /** Read what the device has of this samtale. */
  async load() {
    if (!this.store) return;
    const { startet_at, records } = await this.store.load(this.kontrakt);
    this.startet_at = startet_at;
    for (const record of records) this.#set(record);
  }

  /** All events, fortryd included; the same array until something is added. */
  get events() {
    this.#events ??= [...this.#records.values()].map(asEvent);
    return this.#events;
  }

  /** { skriver, venter, afvist }: being written on the device, not yet with the server, refused by it. */
  get counts() {
    return { skriver: this.#writing, venter: this.#waiting, afvist: this.refused().length };
  }

  /** Note when the samtale began (milliseconds of the wall clock). */
  begin(startet_at) {
    this.startet_at = startet_at;
    return this.#keep((store) => store.begin(this.kontrakt, startet_at));
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

  refused() {
    return [...this.#records.values()].filter((record) => record.sendt === AFVIST);
  }

  /** Take in what the server has: one truth by id, and the server's body counts. */
  merge(startet_at, events) {
    const news = events.filter((event) => this.#records.get(event.id)?.sendt !== GEMT);
    if (startet_at !== null && this.startet_at === null) this.begin(startet_at);
    if (!news.length) return Promise.resolve();
    return this.#save(news.map((event) => ({ ...event, kontrakt: this.kontrakt, sendt: GEMT })));
  }

  /** Take the samtale off the device; only when the server has all of it. */
  forget() {
    return this.#keep((store) => store.forget(this.kontrakt));
  }

  #mark(ids, change) {
    const known = ids.map((id) => this.#records.get(id)).filter(Boolean);
    return this.#save(known.map((record) => ({ ...record, ...change })));
  }

  /** After a failed write everything is written again, so that the words are true once more when it succeeds. */
  #save(records) {
    for (const record of records) this.#set(record);
    this.#events = null;
    const wanted = this.trouble ? [...this.#records.values()] : records;
    return this.#keep((store) => store.put(wanted));
  }

  #set(record) {
    const before = this.#records.get(record.id);
    this.#waiting += Number(record.sendt === VENTER) - Number(before?.sendt === VENTER);
    this.#records.set(record.id, record);
  }

  async #keep(work) {
    if (!this.store) return this.onChange();
    this.#writing += 1;
    this.onChange();
    try {
      await work(this.store);
      this.trouble = false;
    } catch {
      this.trouble = true;
    }
    this.#writing -= 1;
    this.onChange();
  }
}

function asEvent({ id, nr, t_ms, spor, kode }) {
  return { id, nr, t_ms, spor, kode };
}
