// The samtale's clock: milliseconds since it began. It starts from the wall clock, so it survives a reload, and then
// runs on a clock that nobody can set, so it never jumps back. After a sleep it catches up with the wall. No DOM.

const ASLEEP_MS = 2_000;

export class SamtaleClock {
  #offset;

  /** startetAt: milliseconds of the wall clock; latestMs: the last event's time, which now is never before. */
  constructor(startetAt, latestMs = 0) {
    this.startetAt = startetAt;
    this.#offset = Math.max(Date.now() - startetAt, latestMs) - performance.now();
  }

  now() {
    return Math.round(this.#offset + performance.now());
  }

  /** Some devices stop the running clock while they sleep: go forward to the wall clock, never back. */
  wake() {
    const behind = Date.now() - this.startetAt - this.now();
    if (behind > ASLEEP_MS) this.#offset += behind;
  }
}
