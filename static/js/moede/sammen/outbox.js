// The acts that wait, in their order. An act is sent again until the server has answered it; it carries an id of its own, so
// twice is once. Acts on one note go one at a time: what the first became decides what the next is about. No DOM.

const MOST_AT_A_TIME = 20;

export class Outbox {
  /** device: where the acts are kept, or null (a screen that only shows). */
  constructor(device) {
    Object.assign(this, { device, entries: [], refused: [], kept: true, last: 0 });
  }

  async open() {
    const found = await this.device.load().catch(() => []);
    this.entries = found.map((one) => ({ ...one, tekst: null, lukket: false }));
    this.last = this.entries.at(-1)?.orden ?? 0;
  }

  get antal() {
    return this.entries.length;
  }

  /** Something was done: keep it here. handling: { op, seddel, felt, udgave, ejer, tal }; tekst: its words. */
  async add(handling, tekst = "") {
    this.last = Math.max(Date.now(), this.last + 1);
    const entry = { handling: { ...handling, id: crypto.randomUUID() }, orden: this.last, tekst, forseglet: null, lukket: false };
    this.entries.push(entry);
    await this.#keep(entry);
  }

  /** What may be sent now: [{ …handling, tekst }]. */
  next() {
    const busy = new Set();
    const free = this.entries.filter(({ handling: { seddel, id } }) => !busy.has(seddel ?? id) && busy.add(seddel ?? id));
    return free.slice(0, MOST_AT_A_TIME).map(({ handling, tekst, forseglet }) => ({ ...handling, tekst: tekst ?? forseglet ?? "" }));
  }

  /** Where nothing runs, all waits for the meeting to be opened again. */
  get closed() {
    return this.entries.length > 0 && this.entries.every(({ lukket }) => lukket);
  }

  /** The server has answered an act: it goes, or says why not. Gives the entry. */
  async settle({ id, resultat, seddel, udgave, fejl }) {
    const entry = this.entries.find(({ handling }) => handling.id === id);
    if (!entry) return null;
    entry.lukket = resultat === "lukket";
    if (entry.lukket) return null;
    this.entries = this.entries.filter((one) => one !== entry);
    if (resultat === "afvist") this.refused.push({ ...entry, fejl });
    const later = this.entries.filter(({ handling }) => seddel && handling.seddel === entry.handling.seddel);
    for (const one of later) {
      Object.assign(one.handling, { seddel, udgave });
      await this.#keep(one);
    }
    await this.device.drop(entry.handling).catch(() => {});
    return entry;
  }

  async #keep(entry) {
    try {
      entry.forseglet = await this.device.put(entry);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }
}
