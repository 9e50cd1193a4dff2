// One field: the dotted lines under its sentences, drawn on a copy of the text that lies over it, and the word below.

import { Word } from "./word.js";

export class Field {
  #domme = [];
  #left = new Set();

  constructor(point, siger) {
    this.area = point.querySelector("[data-tekst]");
    this.mirror = point.querySelector("[data-spejl]");
    this.word = new Word(point.querySelector("[data-bane]"), this, siger);
    this.area.addEventListener("scroll", () => this.fit());
    new ResizeObserver(() => this.fit()).observe(this.area);
    this.clear();
  }

  /** The sentences that left the own half: {tekst, label, hvorfor, forslag, fra, til}. */
  mark(domme) {
    this.#domme = domme.map((dom) => ({ ...dom, tekst: this.area.value.slice(dom.fra, dom.til) }))
      .filter(({ tekst }) => !this.#left.has(tekst));
    this.draw();
    this.point();
  }

  /** The text has changed: keep the lines under the sentences that still stand there, word for word. */
  follow() {
    let from = 0;
    this.#domme = this.#domme.flatMap((dom) => {
      const fra = this.area.value.indexOf(dom.tekst, from);
      if (fra < 0) return [];
      from = fra + dom.tekst.length;
      return [{ ...dom, fra, til: from }];
    });
    this.draw();
    this.point();
  }

  /** Say the word about the sentence at the caret; else leave it where it is, so that its buttons keep still. */
  point() {
    const at = this.area.selectionStart;
    const here = document.activeElement === this.area && this.#domme.find(({ fra, til }) => fra <= at && at <= til);
    const shown = this.#domme.find(({ tekst }) => tekst === this.word.about);
    this.word.show(here || shown || this.#domme[0] || null);
  }

  /** The writer lets the sentence stand: nothing more is said about it as long as it is what it is. */
  leave({ tekst }) {
    this.#left.add(tekst);
    this.#domme = this.#domme.filter((dom) => dom.tekst !== tekst);
    this.draw();
    this.point();
    this.area.focus();
  }

  /** Whether this sentence has its line already. */
  marks(tekst) {
    return this.#domme.some((dom) => dom.tekst === tekst);
  }

  clear() {
    this.#domme = [];
    this.draw();
    this.word.show(null);
  }

  draw() {
    const text = this.area.value;
    const parts = [];
    let at = 0;
    for (const { fra, til } of this.#domme) {
      parts.push(text.slice(at, fra), outside(text.slice(fra, til)));
      at = til;
    }
    if (parts.length) parts.push(`${text.slice(at)}\n`);
    this.mirror.replaceChildren(...parts);
    this.fit();
  }

  /** The copy breaks its lines where the field does, and stands where the field has been scrolled to. */
  fit() {
    const { area, mirror } = this;
    if (!mirror.firstChild) return;
    const { clientLeft: left, clientTop: top, clientWidth: width, clientHeight: height } = area;
    for (const [name, value] of Object.entries({ left, top, width, height })) mirror.style[name] = `${value}px`;
    mirror.scrollTop = area.scrollTop;
  }
}

function outside(text) {
  return Object.assign(document.createElement("span"), { className: "fb-ude", textContent: text });
}
