// A sign of life while a samtale runs: whoever listens taps nothing for a while, and half an hour's quiet ends a sign-in. It
// stops when nobody has touched the device for an hour, so that a recorder that was forgotten somewhere closes. No words.

const EVERY_MS = 5 * 60_000;
const LOOK_EVERY_MS = 30_000;
const THERE_MS = 60 * 60_000;

export class Presence {
  #wanted = false;
  #touchedAt = Date.now();
  #saidAt = Date.now();

  /** say: asks the server something small in the name of whoever is signed in. */
  constructor(say) {
    for (const touch of ["pointerdown", "keydown"]) {
      document.addEventListener(touch, () => (this.#touchedAt = Date.now()), { capture: true, passive: true });
    }
    setInterval(() => this.#look(say), LOOK_EVERY_MS);
  }

  /** Whether a samtale runs. May be called as often as one likes. */
  keep(wanted) {
    this.#wanted = wanted;
  }

  #look(say) {
    const now = Date.now();
    if (!this.#wanted || now - this.#touchedAt > THERE_MS || now - this.#saidAt < EVERY_MS) return;
    this.#saidAt = now;
    say();
  }
}
