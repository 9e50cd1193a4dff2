// The finer time axis of a picture that is drawn closer; the axis of the whole is the server's. Also the line at a moment.

import { clock } from "./clock.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const ROOM_PX = 72;

function make(name, attributes, words = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}

export class Axis {
  constructor(stage) {
    this.start = Number(stage.dataset.startMs);
    this.length = Math.max(1, Number(stage.dataset.endMs) - this.start);
    this.group = stage.querySelector("[data-tidslinje-akse]");
    this.step = 0;
  }

  /** Lines and times for a canvas of this width, drawn only when they change. The whole (factor 1) has the server's. */
  draw(factor, width) {
    const seconds = this.length / 1000;
    const step = factor === 1 ? 0 : STEPS.find((one) => (one / seconds) * width >= ROOM_PX) ?? STEPS.at(-1);
    if (step === this.step) return;
    this.step = step;
    const times = step ? Array.from({ length: Math.floor(seconds / step) + 1 }, (_, place) => place * step * 1000) : [];
    this.group.replaceChildren(...times.flatMap((ms) => this.lines(ms, width)));
  }

  lines(ms, width) {
    const x = `${(100 * ms) / this.length}%`;
    const anchor = ms === 0 ? "start" : (1 - ms / this.length) * width < ROOM_PX / 3 ? "end" : "middle";
    return [
      make("line", { class: "tl-streg", x1: x, x2: x, y1: "1.8em", y2: "100%" }),
      make("text", { class: "tl-tid", x, y: 13, "text-anchor": anchor }, clock(ms)),
    ];
  }

  /** A line at one moment; the one before goes away. */
  mark(tMs) {
    const x = `${(100 * (tMs - this.start)) / this.length}%`;
    this.group.parentNode.querySelector(".tl-sted")?.remove();
    this.group.parentNode.append(make("line", { class: "tl-sted", x1: x, x2: x, y1: "1.4em", y2: "100%" }));
  }
}
