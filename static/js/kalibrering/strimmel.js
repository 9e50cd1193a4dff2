// The strip above the recorder: what is being said, for whoever has no screen on the wall, and the few buttons of whoever steers.

import { lineAt, pieceAt, readLines } from "./replikker.js";

const KEPT = "supervision-oeve-tekst";

export class Strimmel {
  #lines = readLines();
  #shown = "";
  #leaving = false;

  /** spil: an Afspilning; root: the recorder's element. */
  constructor(spil, root) {
    this.spil = spil;
    this.root = root;
    this.find = (name) => document.querySelector(`[data-oeve-${name}]`);
    const toggle = this.find("vis");
    if (toggle) {
      toggle.checked = read() === "ja";
      toggle.addEventListener("change", () => keep(toggle.checked));
    }
    for (const button of document.querySelectorAll("[data-styr]")) {
      button.addEventListener("click", () => this.#steer(button.dataset.styr));
    }
  }

  draw() {
    const { spil } = this;
    if (!spil.data || this.#leaving) return;
    this.#leaving = Boolean(spil.data.videre);
    if (this.#leaving) return location.replace(`${spil.data.videre}/optager`); // Once: a second time begins the way anew.
    const waits = spil.data.start_ms === null;
    for (const button of document.querySelectorAll("[data-styr]")) button.hidden = !this.#may(button.dataset.styr, waits);
    const count = !waits && !spil.begun ? `Begynder om ${Math.ceil(-spil.now() / 1000)}` : "";
    set(this.find("vent"), count || (waits ? this.find("vent").dataset.klar : ""));
    this.find("strimmel").hidden = !spil.begun || spil.ended || (this.find("vis") && !this.find("vis").checked);
    if (spil.begun) this.#say();
  }

  #may(handling, waits) {
    const { spil } = this;
    if (handling === "start") return waits;
    return spil.begun && !spil.ended && (handling === "pause") !== spil.paused;
  }

  async #steer(handling) {
    this.find("steer-fejl").textContent = await this.spil.steer(handling);
    this.draw();
  }

  #say() {
    const ms = this.spil.now();
    const place = lineAt(this.#lines, ms);
    if (place < 0) return;
    const line = this.#lines[place];
    const piece = pieceAt(line, ms);
    if (`${place}:${piece}` === this.#shown) return;
    this.#shown = `${place}:${piece}`;
    this.find("replik").className = `oeve-replik kind-${line.kode}`;
    set(this.find("hvem"), line.hvem);
    set(this.find("ord"), line.stykker[piece].tekst);
  }
}

function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function read() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // A browser that keeps nothing hides the words.
  }
}

function keep(shown) {
  try {
    localStorage.setItem(KEPT, shown ? "ja" : "nej");
  } catch {
    // As above: it holds until the page is left.
  }
}
