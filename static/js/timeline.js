// The timeline: hover and arrow keys tell a mark in words; a tap, a click or Enter chooses its moment.
// Choosing sends "tidslinje:valg" {tMs, tekst}; unless it is prevented, the page jumps to the moment's row in the table.

const NEAR_PX = 22;
const TOUCH_HINT = "Hold over et mærke, eller tryk på det.";
const HINT = "Piletasterne går frem og tilbage, og op og ned mellem linjerne. Enter viser stedet i tabellen.";

/** How far a point is from a mark's box, in pixels. */
function distance(mark, x, y) {
  const box = mark.getBoundingClientRect();
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

const timeOf = (element) => Number(element.dataset.tMs);
const wordsOf = (mark) => mark.querySelector("title").textContent.trim();

class Timeline {
  constructor(stage) {
    this.stage = stage;
    this.told = stage.parentElement.querySelector("[data-tidslinje-nu]");
    this.resting = this.told.textContent.trim() || TOUCH_HINT;
    this.told.textContent = this.resting;
    this.lanes = [...stage.querySelectorAll("[data-bane]")].map((lane) =>
      [...lane.querySelectorAll("[data-t-ms]")].sort((a, b) => timeOf(a) - timeOf(b)),
    ).filter((marks) => marks.length);
    this.current = null;
    const { startMs, endMs } = stage.dataset;
    const slider = { role: "slider", tabindex: 0, "aria-label": "Gå gennem samtalen", "aria-valuetext": HINT };
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
    else return;
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
    this.stage.setAttribute("aria-valuenow", timeOf(mark));
    this.stage.setAttribute("aria-valuetext", wordsOf(mark));
  }

  choosePlace(event) {
    const marks = this.lanes.flat();
    const hit = event.target.closest("[data-t-ms]") ?? this.nearest(marks, event.clientX, event.clientY);
    if (hit) return this.choose(hit);
    const box = this.stage.querySelector("svg").getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const { startMs, endMs } = this.stage.dataset;
    return this.announce(Math.round(Number(startMs) + share * (endMs - startMs)), "");
  }

  nearest(marks, x, y) {
    const ranked = marks.map((mark) => [distance(mark, x, y), mark]).sort(([a], [b]) => a - b);
    return ranked.length && ranked[0][0] <= NEAR_PX ? ranked[0][1] : null;
  }

  choose(mark) {
    this.go(mark);
    if (this.announce(timeOf(mark), wordsOf(mark))) jump(timeOf(mark));
  }

  announce(tMs, tekst) {
    const detail = { tMs, tekst };
    return this.stage.dispatchEvent(new CustomEvent("tidslinje:valg", { detail, bubbles: true, cancelable: true }));
  }
}

/** Open the table and put the focus on the last row at or before the moment. */
function jump(tMs) {
  const rows = [...document.querySelectorAll("[data-tidslinje-tabel] tr[data-t-ms]")];
  const row = rows.findLast((one) => timeOf(one) <= tMs) ?? rows[0];
  if (!row) return;
  for (let box = row.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  history.pushState(null, "", `#${row.id}`);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

for (const stage of document.querySelectorAll("[data-tidslinje]")) new Timeline(stage);
