// What the server has said of an event, and what of it may lie on the device: codes and times, never a readable note.
// No DOM.

import { isSealed } from "./seal.js";

export const VENTER = 0;
export const GEMT = 1;
export const AFVIST = 2;
export const TIL_SIDE = 3;

/** The event of a record: what is sent, counted and shown. */
export function asEvent({ id, nr, t_ms, spor, kode }) {
  return { id, nr, t_ms, spor, kode };
}

/** Whether a record's text still has to be sealed before it may lie on the device. */
export function isOpen({ spor, kode }) {
  return spor === "note" && kode !== "" && !isSealed(kode);
}

/** Makes records ready for the device: the same record each time, its note sealed once. */
export class Safekeeping {
  #sealed = new Map();

  /** sealer: from seal.js, or null where nothing can be sealed. */
  constructor(sealer) {
    this.sealer = sealer;
  }

  /** A record as the device gave it: its note is sealed already. */
  know({ id, spor, kode }) {
    if (spor === "note" && isSealed(kode)) this.#sealed.set(id, kode);
  }

  /** The records that may lie on the device, in the form they may lie there. */
  async ready(records) {
    const made = await Promise.all(records.map((record) => (isOpen(record) ? this.#seal(record) : record)));
    return made.filter(Boolean);
  }

  async #seal(record) {
    if (!this.#sealed.has(record.id)) {
      if (!this.sealer?.possible) return null;
      this.#sealed.set(record.id, await this.sealer.seal(record.kode));
    }
    return { ...record, kode: this.#sealed.get(record.id) };
  }
}
