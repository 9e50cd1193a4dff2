// From one thing to the next of its kind: a phase, a note, a kendetegn, a G without a U after it.

import { timeOf, wordsOf } from "./marks.js";

export class Jumps {
  constructor(frame, marks, view) {
    Object.assign(this, { marks, view });
    this.kind = frame.querySelector("[data-spring-til]");
    this.said = frame.querySelector("[data-tidslinje-sagt]");
    for (const button of frame.querySelectorAll("[data-spring]")) {
      button.addEventListener("click", () => this.jump(Number(button.dataset.spring)));
    }
  }

  /** way: 1 to the next, −1 to the one before. At the last one it says so. */
  jump(way) {
    const { value } = this.kind;
    const found = this.find(value === "mangler" ? this.missing() : this.marks.byName.get(value) ?? [], way);
    if (found) this.marks.go(found);
    this.said.textContent = found ? wordsOf(found) : way > 0 ? "Der kommer ikke flere." : "Der er ingen før.";
    if (!found) this.marks.told.textContent = this.said.textContent;
  }

  missing() {
    return this.marks.lanes.flat().filter((mark) => mark.classList.contains("tl-mangler"));
  }

  find(kind, way) {
    const { current } = this.marks;
    const place = kind.indexOf(current);
    if (place >= 0) return kind[place + way];
    if (!current) return way > 0 ? kind[0] : kind.at(-1);
    const beyond = (mark) => (timeOf(mark) - timeOf(current)) * way > 0;
    return way > 0 ? kind.find(beyond) : kind.findLast(beyond);
  }
}
