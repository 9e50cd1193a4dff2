// Moving a session by its handle: dragged (pointer events, whole five minutes, also into another lane), or by the arrow keys.
// It calls moved(item) while it moves, and done(item, before) when it is let go.

import { TRIN, keepInDay, minOf, pixels, startOf } from "./dagsplan_tegning.js";

export const placeOf = (item) => ({ start: startOf(item), lane: item.closest("[data-bane]") });

/** Put the session at a minute in a lane; the handle keeps the focus. */
export function put(item, { start, lane }) {
  item.dataset.start = start;
  if (item.parentElement === lane) return;
  const focused = document.activeElement;
  lane.append(item);
  if (item.contains(focused)) focused.focus();
}

export class Greb {
  constructor(plan, item, { moved, done }) {
    this.plan = plan;
    this.item = item;
    this.moved = moved;
    this.done = done;
    this.handle = item.querySelector("[data-greb]");
    this.handle.hidden = false;
    this.handle.addEventListener("pointerdown", (event) => this.grab(event));
    this.handle.addEventListener("pointermove", (event) => this.from && this.drag(event));
    this.handle.addEventListener("pointerup", () => this.drop());
    this.handle.addEventListener("pointercancel", () => this.letGo());
    this.handle.addEventListener("keydown", (event) => this.key(event));
  }

  grab(event) {
    if (event.button !== 0) return;
    this.handle.setPointerCapture(event.pointerId);
    this.from = { ...placeOf(this.item), y: event.clientY + scrollY };
    this.item.classList.add("dag-session--traekkes");
  }

  drag(event) {
    const minutes = (event.clientY + scrollY - this.from.y) / pixels(this.from.lane);
    const lanes = [...this.plan.querySelectorAll("[data-bane]")];
    const over = lanes.find((lane) => {
      const box = lane.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    });
    const start = keepInDay(this.from.start + minutes, minOf(this.item));
    // The element that holds the pointer must not leave the document while it is dragged: the lane changes at the end.
    this.over = over ?? this.over ?? this.from.lane;
    this.item.dataset.start = start;
    const across = this.over.getBoundingClientRect().left - this.from.lane.getBoundingClientRect().left;
    this.item.style.setProperty("translate", `${across}px 0`);
    this.moved(this.item, { start, lane: this.over });
  }

  drop() {
    if (!this.from) return;
    const before = { start: this.from.start, lane: this.from.lane };
    put(this.item, { start: startOf(this.item), lane: this.over ?? this.from.lane });
    this.end();
    this.done(this.item, before);
  }

  /** The system took the pointer: back to where it was. */
  letGo() {
    if (!this.from) return;
    put(this.item, this.from);
    this.end();
    this.moved(this.item, placeOf(this.item));
  }

  end() {
    this.from = this.over = undefined;
    this.item.classList.remove("dag-session--traekkes");
    this.item.style.removeProperty("translate");
  }

  key(event) {
    const steps = { ArrowUp: [-TRIN, 0], ArrowDown: [TRIN, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!steps || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const before = placeOf(this.item);
    const lanes = [...this.plan.querySelectorAll("[data-bane]")];
    const lane = lanes[lanes.indexOf(before.lane) + steps[1]] ?? before.lane;
    const start = keepInDay(before.start + steps[0], minOf(this.item));
    if (start === before.start && lane === before.lane) return;
    put(this.item, { start, lane });
    this.done(this.item, before);
  }
}
