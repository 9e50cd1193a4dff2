// Telling and choosing marks: hover, arrow keys, taps. Down and up go between lanes, along goes by time.

const NEAR_PX = 22;
const TOUCH_HINT = "Hold over et mærke, eller tryk på det.";
const HINT = "Piletasterne går frem og tilbage, og op og ned mellem linjerne. Plus og minus zoomer, 0 viser det hele. Enter viser stedet i listen.";

export const timeOf = (element) => Number(element.dataset.tMs);
export const wordsOf = (mark) => mark.querySelector("title").textContent.trim();

/** How far a point is from a mark's box, in pixels. */
function distance(mark, x, y) {
  const box = mark.getBoundingClientRect();
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

export class Marks {
  /** view: what of the picture is seen. leave(tMs, spor): where a choice leads when nobody else takes it. */
  constructor(stage, view, leave) {
    Object.assign(this, { stage, view, leave, current: null });
    this.told = stage.closest(".tl").querySelector("[data-tidslinje-nu]");
    this.resting = this.told.textContent.trim() || TOUCH_HINT;
    this.told.textContent = this.resting;
    this.byName = new Map([...stage.querySelectorAll("[data-bane]")].map((lane) => [
      lane.dataset.bane, [...lane.querySelectorAll("[data-t-ms]")].sort((a, b) => timeOf(a) - timeOf(b)),
    ]));
    this.lanes = [...this.byName.values()].filter((marks) => marks.length);
    const { startMs, endMs } = stage.dataset;
    const slider = { role: "slider", tabindex: 0, "aria-label": "Gå gennem tidslinjen", "aria-valuetext": HINT };
    const range = { "aria-valuemin": startMs, "aria-valuemax": endMs, "aria-valuenow": startMs };
    for (const [name, value] of Object.entries({ ...slider, ...range })) stage.setAttribute(name, value);
    stage.addEventListener("pointerover", (event) => this.tell(event.target.closest("[data-t-ms]")));
    stage.addEventListener("pointerleave", () => this.tell(null));
    stage.addEventListener("click", (event) => this.choosePlace(event));
    stage.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("focus", () => this.tell(this.current, HINT));
    stage.addEventListener("blur", () => this.tell(null));
  }

  tell(mark, otherwise = this.resting) {
    this.stage.querySelector(".tl-her")?.classList.remove("tl-her");
    mark?.classList.add("tl-her");
    this.told.classList.toggle("tl-nu--taendt", Boolean(mark));
    this.told.textContent = mark ? wordsOf(mark) : otherwise;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = this.step(event.key);
    if (next) this.go(next);
    else if ((event.key === "Enter" || event.key === " ") && this.current) this.choose(this.current);
    else if (!this.view.key(event.key)) return;
    event.preventDefault();
  }

  /** The mark that a key leads to from the current one, or undefined when the key leads nowhere. */
  step(key) {
    const lane = Math.max(0, this.lanes.findIndex((marks) => marks.includes(this.current)));
    const marks = this.lanes[lane];
    const place = marks.indexOf(this.current);
    const along = { ArrowRight: place + 1, ArrowLeft: Math.max(0, place - 1), Home: 0, End: marks.length - 1 };
    if (key in along) return marks[Math.min(along[key], marks.length - 1)];
    const down = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!down) return undefined;
    const other = this.lanes[lane + down] ?? marks;
    const time = this.current ? timeOf(this.current) : 0;
    return other.reduce((best, mark) => (Math.abs(timeOf(mark) - time) < Math.abs(timeOf(best) - time) ? mark : best));
  }

  go(mark) {
    this.current = mark;
    this.tell(mark);
    this.view.bringIn(timeOf(mark));
    this.stage.setAttribute("aria-valuenow", timeOf(mark));
    this.stage.setAttribute("aria-valuetext", wordsOf(mark));
  }

  choosePlace(event) {
    const hit = event.target.closest("[data-t-ms]") ?? this.nearest(this.lanes.flat(), event.clientX, event.clientY);
    if (hit) this.choose(hit);
    else this.announce(this.view.timeAt(event.clientX), "", "");
  }

  nearest(marks, x, y) {
    const ranked = marks.map((mark) => [distance(mark, x, y), mark]).sort(([a], [b]) => a - b);
    return ranked.length && ranked[0][0] <= NEAR_PX ? ranked[0][1] : null;
  }

  choose(mark) {
    this.go(mark);
    const spor = mark.closest("[data-bane]")?.dataset.bane.split(":")[0] ?? "ur";
    if (this.announce(timeOf(mark), wordsOf(mark), spor)) this.leave(timeOf(mark), spor);
  }

  announce(tMs, tekst, spor) {
    const detail = { tMs, tekst, spor };
    return this.stage.dispatchEvent(new CustomEvent("tidslinje:valg", { detail, bubbles: true, cancelable: true }));
  }
}
