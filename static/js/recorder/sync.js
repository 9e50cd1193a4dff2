// From the device to the server: small batches, patience, and nothing counted as sent before the server says so by id.
// A 401 stops the sending until the same person is back. No DOM (the window's events are handed in by recorder.js).

const BATCH = 100;
const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 300;
const GATHER_MS = 700;

/** What the state words are made of. */
export const RO = "ro";
export const SENDER = "sender";
export const UDEN_NET = "uden_net";
export const LOGGET_UD = "logget_ud";
export const ANDEN_PERSON = "anden_person";
export const NEJ = "nej";

export class Sync {
  #timer = null;
  #busy = false;
  #wait = FIRST_WAIT_S;
  #limit = BATCH;

  constructor({ journal, api, person, onChange }) {
    Object.assign(this, { journal, api, person, onChange, state: RO, reason: "", ending: false, ended: null });
  }

  /** The samtale is over: when all is sent, end it on the server. `ended` is then its timeline's address. */
  async finish() {
    this.ending = true;
    await this.now();
  }

  /** Something new is waiting: gather a moment, then send. Does not cut a back-off short. */
  soon() {
    if (this.#timer === null) this.#later(GATHER_MS);
  }

  /** There is a reason to try at once: the net is back, the page is seen again, somebody asks for it. */
  async now() {
    this.#wait = FIRST_WAIT_S;
    clearTimeout(this.#timer);
    this.#timer = null;
    await this.#run();
  }

  async #run() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      if (await this.#mayGoOn()) await this.#drain();
    } finally {
      this.#busy = false;
    }
    const more = this.journal.waiting(1).length > 0 || (this.ending && !this.ended);
    if (this.state === RO && more) this.soon();
    if (this.state !== RO) this.#backOff();
  }

  /** After a 401 (or under another name): only when the same person is signed in again. */
  async #mayGoOn() {
    if (this.state !== LOGGET_UD && this.state !== ANDEN_PERSON) return true;
    const person = await this.api.who();
    if (person === this.person) return true;
    this.#say(person === null ? LOGGET_UD : ANDEN_PERSON);
    return false;
  }

  async #drain() {
    let batch = this.journal.waiting(this.#limit);
    while (batch.length) {
      if (this.state === RO) this.#say(SENDER);
      const answer = await this.api.send(this.journal.startet_at ?? Date.now(), batch);
      if (!(await this.#took(answer, batch))) return;
      batch = this.journal.waiting(this.#limit);
    }
    if (this.ending && !this.ended && !(await this.#end())) return;
    this.#wait = FIRST_WAIT_S;
    this.#limit = BATCH;
    this.#say(RO);
  }

  async #end() {
    const answer = await this.api.end();
    if (answer.status !== 200 || !answer.data.adresse) return this.#failed(answer);
    this.ended = answer.data.adresse;
    if (!this.journal.counts.afvist) await this.journal.forget();
    return true;
  }

  /** Whether the sending may go on after this answer. */
  async #took(answer, batch) {
    if (answer.status === 200 && Array.isArray(answer.data.gemt)) return this.#receipt(answer.data, batch);
    if (answer.status !== 413 || batch.length === 1) return this.#failed(answer);
    this.#limit = Math.ceil(batch.length / 2);
    return true;
  }

  /** Say what is wrong; the back-off does the rest. */
  async #failed({ status, data, wait }) {
    this.#wait = Math.max(this.#wait, wait);
    if (status === 401) this.#say(LOGGET_UD);
    else if (status >= 400 && status < 500) await this.#refusedWhole(status, data);
    else this.#say(UDEN_NET);
    return false;
  }

  /** Only what is named as stored counts as sent; what is refused stays, with its reason. */
  async #receipt({ gemt, konflikt, afvist }, batch) {
    const refusals = [
      ...afvist.map(({ id, plads, fejl }) => ({ id: id ?? batch[plads]?.id, grund: fejl })),
      ...konflikt.map((id) => ({ id, grund: "Serveren har den samme hændelse med et andet indhold." })),
    ];
    await this.journal.acknowledge(gemt);
    await this.journal.refuse(refusals);
    if (gemt.length + refusals.length > 0) return true;
    this.#say(UDEN_NET);
    return false;
  }

  /** The kontrakt is not open to whoever is signed in: is it another person, or has something changed? */
  async #refusedWhole(status, data) {
    const person = await this.api.who();
    this.reason = status === 409 ? data.fejl : "";
    if (person === null) this.#say(LOGGET_UD);
    else this.#say(person === this.person ? NEJ : ANDEN_PERSON);
  }

  #backOff() {
    this.#later(this.#wait * 1000);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_S);
  }

  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#run();
    }, ms);
  }

  #say(state) {
    this.state = state;
    this.onChange();
  }
}
