// From the device to the server: small batches and patience. When to send and what to say of it stands here, what an
// answer means in courier.js. A 401 stops the sending until the same person is back. No DOM.

import { ADRESSER } from "./api.js";
import { Courier } from "./courier.js";
import { ANDEN_PERSON, LOGGET_UD, RO, SENDER, TRAVLT } from "./states.js";

const BATCH = 100;
const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 300;
const LATER = 0.5;
const GATHER_MS = 700;
const ENOUGH_MS = 10_000;

export class Sync {
  #timer = null;
  #busy = null;
  #wait = FIRST_WAIT_S;
  #triedAt = 0;

  /** By performance.now(): before that, the server asked for no try. */
  notBefore = 0;

  constructor({ journal, api, person, onChange = () => {} }) {
    Object.assign(this, { journal, api, person, onChange, state: RO, reason: "", ending: false, ended: null });
    this.courier = new Courier({ journal, api, person, batch: BATCH });
  }

  /** The samtale is over: when all is sent, end it on the server. `ended` is then its timeline's address. */
  async finish() {
    this.ending = true;
    await this.now();
  }

  /**
   * Something new is waiting: gather a moment, then send. A back-off is cut short where somebody taps and the last try is
   * a while ago (the net may be back without a word), but never one that the server asked for.
   */
  soon() {
    const now = performance.now();
    if (this.#timer === null || (now - this.#triedAt > ENOUGH_MS && now > this.notBefore)) this.#later(GATHER_MS);
  }

  /** There is a reason to try at once: the net is back, the page is seen again, somebody asks for it. */
  async now() {
    this.#wait = FIRST_WAIT_S;
    clearTimeout(this.#timer);
    this.#timer = null;
    await this.#run();
  }

  /** The server said when to come again: wait for that, and try once more. */
  async whenTold() {
    this.stop();
    await new Promise((done) => setTimeout(done, this.notBefore - performance.now()));
    await this.now();
  }

  /** No more by itself. */
  stop() {
    clearTimeout(this.#timer);
  }

  /** One round at a time; whoever asks meanwhile waits for the one that runs. */
  #run() {
    this.#busy ??= this.#round().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
  }

  async #round() {
    this.#triedAt = performance.now();
    if (await this.#mayGoOn()) await this.#drain();
    const more = this.journal.waiting(1).length > 0 || (this.ending && !this.ended);
    if (this.state === RO && more) this.soon();
    if (this.state !== RO) this.#backOff();
  }

  /** After a 401 (or under another name): only when the same person is signed in again. */
  async #mayGoOn() {
    if (this.state !== LOGGET_UD && this.state !== ANDEN_PERSON) return true;
    const { reached, person } = await this.api.who();
    if (person === this.person) return true;
    if (reached) this.#say({ state: person === null ? LOGGET_UD : ANDEN_PERSON });
    return false;
  }

  async #drain() {
    while (this.journal.waiting(1).length) {
      if (this.state === RO) this.#say({ state: SENDER });
      const said = await this.courier.deliver();
      if (said.state !== RO) return this.#failed(said);
    }
    if (this.ending && !this.ended && !(await this.#end())) return;
    this.#wait = FIRST_WAIT_S;
    this.#say({ state: RO });
  }

  async #end() {
    const answer = await this.api.end();
    const aside = answer.status === 404 && this.journal.counts.til_side > 0;
    if (aside) this.ended = ADRESSER.til_side;
    else if (answer.status === 200) this.ended = answer.data.adresse;
    else {
      this.#failed(await this.courier.refusal(answer));
      return false;
    }
    if (!this.journal.counts.afvist) await this.journal.forget();
    return true;
  }

  /** Say what is wrong; the back-off does the rest. Those who are told the same wait come apart from each other. */
  #failed(said) {
    const asked = Math.min(said.wait * (1 + Math.random() * LATER), LONGEST_WAIT_S);
    this.#wait = said.state === TRAVLT ? asked : Math.max(this.#wait, asked);
    this.notBefore = performance.now() + asked * 1000;
    this.#say(said);
  }

  /** Longer each time, but for a busy server: that says itself when to come. */
  #backOff() {
    this.#later(this.#wait * 1000);
    this.#wait = this.state === TRAVLT ? FIRST_WAIT_S : Math.min(this.#wait * 2, LONGEST_WAIT_S);
  }

  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#run();
    }, ms);
  }

  #say({ state, reason = "" }) {
    Object.assign(this, { state, reason });
    this.onChange();
  }
}
