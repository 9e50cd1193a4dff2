// Asks the worker about a text. Where no worker can run, every text is without remarks: the check is a help, not a gate.

export class Judge {
  #worker = null;
  #asked = new Map();
  #nr = 0;
  #broken = false;

  /** Start the worker ahead of the first question; it builds its lexicon meanwhile. */
  start() {
    if (this.#worker || this.#broken) return;
    try {
      this.#worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    } catch {
      this.#broken = true;
      return;
    }
    this.#worker.addEventListener("message", ({ data: { nr, domme } }) => {
      this.#asked.get(nr)?.(domme);
      this.#asked.delete(nr);
    });
    this.#worker.addEventListener("error", () => {
      this.#broken = true;
      this.stop();
    });
  }

  /** What is said about each sentence of the text, with beginnings to rephrase it by. */
  ask(tekst) {
    this.start();
    if (!this.#worker) return Promise.resolve([]);
    this.#nr += 1;
    return new Promise((answer) => {
      this.#asked.set(this.#nr, answer);
      this.#worker.postMessage({ nr: this.#nr, tekst });
    });
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const answer of this.#asked.values()) answer([]);
    this.#asked.clear();
  }
}
