// Prøv det: sixty seconds on the real screen. The log is in memory alone: nothing is kept on the device, nothing is sent.

import { Journal } from "./journal.js";
import { RO } from "./states.js";

const LENGTH_MS = 60_000;
const REST_MS = 1_500;

export class Practice {
  #real = null;
  #restUntil = 0;
  #waiting = [];

  /** recorder: its journal, sync and clock are changed for others while the practice runs. */
  constructor(recorder) {
    this.recorder = recorder;
    this.done = false;
  }

  get runs() {
    return this.#real !== null;
  }

  /** A thumb still tapping when the time is up must not start the samtale. */
  get rests() {
    return performance.now() < this.#restUntil;
  }

  /** At once where none runs, else when it has ended: what is about the real samtale is not for the practice. */
  over() {
    return new Promise((done) => (this.runs ? this.#waiting.push(done) : done()));
  }

  /** Put the real log aside; the caller then starts as always. */
  begin() {
    const { journal, sync, clock } = this.recorder;
    this.#real = { journal, sync, clock };
    const forgetful = new Journal({ kontrakt: "", store: null, onChange: () => this.recorder.draw() });
    forgetful.trouble = false;
    Object.assign(this.recorder, { journal: forgetful, sync: new NoSync() });
  }

  /** Back to the real log; what was tapped is gone. */
  end() {
    Object.assign(this.recorder, this.#real);
    this.#real = null;
    this.#restUntil = performance.now() + REST_MS;
    this.done = true;
    for (const done of this.#waiting.splice(0)) done();
  }

  leftMs(nowMs) {
    return LENGTH_MS - nowMs;
  }
}

/** What the screen asks of a sync, from one that sends nothing. */
class NoSync {
  state = RO;
  reason = "";
  ended = null;

  soon() {}

  now() {}
}
