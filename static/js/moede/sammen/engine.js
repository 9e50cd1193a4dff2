// Back and forth between the device and the server: what waits is sent, then what is new is fetched, every other second;
// seldom where nobody looks, and with patience where there is no net. No DOM.

import { ask } from "./api.js";

const PAUSE_MS = 1_700;
const HIDDEN_MS = 15_000;
const LONGEST_MS = 15_000;

export class Engine {
  #timer = null;
  #running = null;
  #wait = PAUSE_MS;

  /** address: the meeting's; onChange: something is to be shown anew; onAnswer(svar): what became of an act. */
  constructor({ address, board, outbox, onChange, onAnswer = () => {} }) {
    Object.assign(this, { address, board, outbox, onChange, onAnswer, trouble: "", sending: false });
    addEventListener("online", () => this.now());
    addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  /** One round at once; one that runs is let to its end first. */
  async now() {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    this.#running = this.#round().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #round() {
    const before = this.trouble;
    const well = (await this.#send()) && (await this.#fetch());
    this.#wait = well ? PAUSE_MS : Math.min(this.#wait * 2, LONGEST_MS);
    if (before !== this.trouble) this.onChange();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), well && document.hidden ? HIDDEN_MS : this.#wait);
  }

  async #send() {
    while (this.outbox.antal && !this.outbox.closed) {
      this.sending = true;
      const { status, data } = await ask(this.address, { handlinger: this.outbox.next() });
      this.sending = false;
      if (!this.#reached(status)) return false;
      for (const svar of data.svar) {
        const entry = await this.outbox.settle(svar);
        if (entry && svar.resultat !== "afvist") this.board.settled(entry, svar);
        this.onAnswer(svar, entry);
      }
      this.onChange();
    }
    return true;
  }

  async #fetch() {
    const { nr, aftryk, tilstand } = this.board;
    const { status, data } = await ask(`${this.address}?siden=${nr}&aftryk=${aftryk}`);
    if (!this.#reached(status)) return false;
    if (data) {
      this.board.merge(data);
      const again = tilstand && tilstand !== data.tilstand && data.tilstand === "i_gang";
      if (again) for (const entry of this.outbox.entries) entry.lukket = false;
      this.onChange();
    }
    return true;
  }

  #reached(status) {
    this.trouble = { 200: "", 204: "", 401: "logget_ud", 404: "ude" }[status] ?? "uden_net";
    return this.trouble === "";
  }
}
