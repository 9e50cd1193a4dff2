// How close the picture is drawn, and which part of it is seen. The canvas grows wider than its window and scrolls; places are per
// cent of it, so nothing is stretched. Buttons, + − 0 and PageUp/PageDown, two fingers, and the wheel with Ctrl.

import { clock } from "./clock.js";
import { followGestures } from "./gestures.js";

const LEAST_SEEN_MS = 20_000;
const CLOSEST = 32;

export class View {
  /** axis: draws the finer lines. The whole samtale is 1. */
  constructor(stage, frame, axis) {
    Object.assign(this, { stage, frame, axis, factor: 1 });
    this.canvas = stage.querySelector(".tl-laerred");
    this.drawing = stage.querySelector("svg");
    this.words = [...stage.querySelectorAll(".tl-ord")].map((text) => {
      const [from, width] = [Number(text.dataset.fra), Number(text.dataset.bredde)];
      return { text, from, to: from + width };
    });
    this.said = frame.querySelector("[data-tidslinje-sagt]");
    this.start = Number(stage.dataset.startMs);
    this.length = Math.max(1, Number(stage.dataset.endMs) - this.start);
    this.closest = Math.min(CLOSEST, Math.max(2, this.length / LEAST_SEEN_MS));
    frame.querySelector("[data-tidslinje-knapper]").hidden = false;
    for (const button of frame.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.press(button.dataset.zoom));
    }
    stage.addEventListener("scroll", () => this.moveWords(), { passive: true });
    followGestures(this);
    new ResizeObserver(() => this.show()).observe(stage);
    this.show();
  }

  press(way) {
    this.zoom({ ind: this.factor * 2, ud: this.factor / 2, hele: 1 }[way]);
    const [from, to] = this.seen();
    this.said.textContent = this.factor === 1 ? "Viser hele tidslinjen." : `Viser ${clock(from)} til ${clock(to)}.`;
  }

  /** Do what a key means here; false when it means nothing. */
  key(key) {
    const way = { "+": "ind", "=": "ind", "-": "ud", "−": "ud", 0: "hele" }[key];
    const page = { PageDown: 1, PageUp: -1 }[key];
    if (way) this.press(way);
    else if (page && this.factor > 1) this.stage.scrollLeft += page * this.stage.clientWidth * 0.9;
    else return false;
    return true;
  }

  /** Draw it this close; the time at `x` (pixels on the screen, else the middle) stays where it is. */
  zoom(factor, x = this.middle()) {
    const tMs = this.timeAt(x);
    this.factor = Math.min(this.closest, Math.max(1, factor));
    this.show();
    this.stage.scrollLeft += this.xOf(tMs) - x;
  }

  show() {
    this.canvas.style.setProperty("--tl-zoom", this.factor);
    this.frame.classList.toggle("tl--naer", this.factor > 1);
    this.moveWords();
    this.axis.draw(this.factor, this.drawing.getBoundingClientRect().width);
    for (const button of this.frame.querySelectorAll("[data-zoom]")) {
      const done = button.dataset.zoom === "ind" ? this.factor >= this.closest : this.factor <= 1;
      button.setAttribute("aria-disabled", done);
    }
  }

  /** Scroll sideways so that the time is seen, in the middle when it was not. */
  bringIn(tMs) {
    const x = this.xOf(tMs);
    const box = this.stage.getBoundingClientRect();
    if (x < box.left + 20 || x > box.right - 20) this.stage.scrollLeft += x - this.middle();
  }

  /** A word stands in the middle of the part of its band that is seen. */
  moveWords() {
    const [from, to] = this.factor === 1 ? [0, 100] : this.seen().map((ms) => (100 * ms) / this.length);
    for (const word of this.words) {
      const [left, right] = [Math.max(word.from, from), Math.min(word.to, to)];
      word.text.setAttribute("x", `${left < right ? (left + right) / 2 : (word.from + word.to) / 2}%`);
    }
  }

  middle() {
    const box = this.stage.getBoundingClientRect();
    return box.left + box.width / 2;
  }

  seen() {
    const box = this.stage.getBoundingClientRect();
    return [this.timeAt(box.left) - this.start, this.timeAt(box.right) - this.start];
  }

  timeAt(x) {
    const box = this.drawing.getBoundingClientRect();
    return Math.round(this.start + Math.min(1, Math.max(0, (x - box.left) / box.width)) * this.length);
  }

  xOf(tMs) {
    const box = this.drawing.getBoundingClientRect();
    return box.left + ((tMs - this.start) / this.length) * box.width;
  }
}
