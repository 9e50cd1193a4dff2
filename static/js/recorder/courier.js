// One batch to the server, and what its answer means. Nothing counts as sent before the server says so by id. No DOM.

import { ANDEN_PERSON, LOGGET_UD, NEJ, RO, TRAVLT, UDEN_NET } from "./states.js";

export class Courier {
  #limit;

  constructor({ journal, api, person, batch }) {
    Object.assign(this, { journal, api, person, batch });
    this.#limit = batch;
  }

  /** Send the next batch. { state, reason, wait }: RO when the sending may go on (it is over when nothing waits). */
  async deliver() {
    const events = this.journal.waiting(this.#limit);
    if (!events.length) return this.#done();
    const answer = await this.api.send(this.journal.startet_at ?? Date.now(), events);
    if (answer.status === 200 && Array.isArray(answer.data.gemt)) return this.#receipt(answer.data, events);
    if (answer.status === 413 && events.length > 1) {
      this.#limit = Math.ceil(events.length / 2);
      return said(RO);
    }
    if (answer.status === 404 || answer.data.tilstand === "trukket") return this.#putAside(events, answer);
    return this.refusal(answer);
  }

  /** What an answer other than 200 comes to. TRAVLT: the server is there, and says itself when to come again. */
  async refusal({ status, data, wait }) {
    if (status === 401) return said(LOGGET_UD, wait);
    if (status === 503 && wait > 0) return said(TRAVLT, wait);
    if (status < 400 || status >= 500 || status === 429) return said(UDEN_NET, wait);
    const { reached, person } = await this.api.who();
    if (!reached) return said(UDEN_NET, wait);
    if (person === null) return said(LOGGET_UD, wait);
    return person === this.person ? said(NEJ, wait, data.fejl ?? "") : said(ANDEN_PERSON, wait);
  }

  #done() {
    this.#limit = this.batch;
    return said(RO);
  }

  /** Only what is named as stored counts as sent; what is refused or put aside stays, with its reason. */
  async #receipt({ gemt, konflikt = [], afvist = [], karantaene = [], antal }, events) {
    const refusals = [
      ...afvist.map(({ id, plads, fejl }) => ({ id: id ?? events[plads]?.id, grund: fejl })),
      ...konflikt.map((id) => ({ id, grund: "Serveren har den samme hændelse med et andet indhold." })),
    ];
    await this.journal.acknowledge(gemt);
    await this.journal.refuse(refusals);
    await this.journal.putAside(karantaene);
    if (antal > this.journal.counts.gemt) await this.catchUp();
    return said(gemt.length + refusals.length + karantaene.length > 0 ? RO : UDEN_NET);
  }

  /** Another device has sent more than we know of: take it in. */
  async catchUp() {
    const { status, data } = await this.api.fetchLog();
    if (status === 200) await this.journal.merge(data.startet_at && Date.parse(data.startet_at), data.haendelser);
    return status === 200;
  }

  /** The samtale is not this person's to write in (any more): the server keeps the events outside the log. */
  async #putAside(events, answer) {
    const problem = await this.refusal(answer);
    if (problem.state !== NEJ) return problem;
    const put = await this.api.putAside(this.journal.startet_at ?? Date.now(), events);
    const { status, data } = put;
    if (status === 409 && data.kan_sendes) return said(UDEN_NET);
    if (status === 503) return this.refusal(put);
    if (status !== 200) return problem;
    await this.journal.acknowledge(data.gemt);
    await this.journal.putAside(data.karantaene);
    await this.journal.refuse(data.afvist.map(({ id, plads, fejl }) => ({ id: id ?? events[plads]?.id, grund: fejl })));
    return said(data.gemt.length + data.karantaene.length + data.afvist.length > 0 ? RO : UDEN_NET);
  }
}

function said(state, wait = 0, reason = "") {
  return { state, wait, reason };
}
