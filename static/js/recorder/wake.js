// The screen stays awake while a samtale runs. The browser lets go of it whenever the page is hidden, so it is asked for
// again when the page is seen. Where the browser cannot, or will not, nothing happens.

export class Wakefulness {
  #lock = null;
  #wanted = false;
  #asking = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#ask());
  }

  /** Whether this browser can keep the screen awake at all. */
  get possible() {
    return "wakeLock" in navigator;
  }

  /** Keep the screen awake, or let it sleep again. May be called as often as one likes. */
  keep(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.#ask();
    else this.#letGo();
  }

  async #ask() {
    const held = this.#lock !== null && !this.#lock.released;
    if (!this.#wanted || !this.possible || held || this.#asking || document.visibilityState === "hidden") return;
    this.#asking = true;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      this.#lock = null; // The device saves its battery: it is asked again when the page is seen again.
    }
    this.#asking = false;
    if (!this.#wanted) this.#letGo();
  }

  #letGo() {
    this.#lock?.release();
    this.#lock = null;
  }
}
