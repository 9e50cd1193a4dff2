// The plan drawn along the clock: each session and break at its minute, sessions at the same time
// beside each other.
// Positions are custom properties set by script, which the content policy allows; without it the plan is a list.

export const TRIN = 5;
const MIDNIGHT = 24 * 60;

export const kl = (minut) => `${Math.floor(minut / 60)}.${String(minut % 60).padStart(2, "0")}`;
export const startOf = (item) => Number(item.dataset.start);
export const minOf = (item) => Number(item.dataset.min);
export const snap = (minut) => Math.round(minut / TRIN) * TRIN;
export const keepInDay = (start, minutter) => Math.max(0, Math.min(snap(start), MIDNIGHT - minutter));

/** First and last minute of the drawing: the day, and whatever lies outside it; whole hours. */
function span(plan) {
  const items = [...plan.querySelectorAll("[data-start]")];
  const first = Math.min(Number(plan.dataset.fra), ...items.map(startOf));
  const last = Math.max(Number(plan.dataset.til), ...items.map((item) => startOf(item) + minOf(item)));
  return [Math.floor(first / 60) * 60, Math.min(MIDNIGHT, Math.ceil(last / 60) * 60)];
}

function hours(plan, first, last) {
  const axis = plan.querySelector("[data-akse]");
  axis.replaceChildren();
  for (let minut = first; minut <= last; minut += 60) {
    const mark = document.createElement("li");
    mark.className = "dag-time";
    mark.textContent = kl(minut);
    mark.style.setProperty("--top", minut - first);
    axis.append(mark);
  }
  axis.hidden = false;
}

/** Those that run at the same time stand beside each other, so that none covers the words of another. */
function standBeside(lane) {
  const items = [...lane.querySelectorAll("[data-session]")].sort((a, b) => startOf(a) - startOf(b));
  const endOf = (item) => startOf(item) + minOf(item);
  let [together, until] = [[], 0];
  const share = () => {
    const ends = [];
    for (const item of together) {
      const free = ends.findIndex((end) => end <= startOf(item));
      const column = free < 0 ? ends.length : free;
      ends[column] = endOf(item);
      item.style.setProperty("--plads", column);
    }
    for (const item of together) item.style.setProperty("--pladser", ends.length);
  };
  for (const item of items) {
    if (startOf(item) >= until) {
      share();
      together = [];
    }
    together.push(item);
    until = Math.max(until, endOf(item));
  }
  share();
}

/** Draw the whole plan as its data-start and data-min say. */
export function draw(plan) {
  const [first, last] = span(plan);
  plan.classList.add("dag-plan--ur");
  plan.dataset.first = first;
  hours(plan, first, last);
  for (const lane of plan.querySelectorAll("[data-bane]")) {
    lane.style.setProperty("--i-alt", last - first);
    lane.style.setProperty("--foerste-time", 0);
    for (const item of lane.querySelectorAll("[data-start]")) {
      item.style.setProperty("--top", startOf(item) - first);
      item.style.setProperty("--min", minOf(item));
    }
    standBeside(lane);
  }
}

/** The line of the running time; it moves by itself. nowMinut: the server's, when the page was made. */
export function drawNow(plan, nowMinut) {
  const made = performance.now();
  const lines = [...plan.querySelectorAll("[data-bane]")].map((lane) => {
    const line = document.createElement("li");
    line.className = "dag-nu";
    line.setAttribute("aria-hidden", "true");
    lane.append(line);
    return line;
  });
  const move = () => {
    const minut = nowMinut + (performance.now() - made) / 60_000;
    for (const line of lines) {
      line.hidden = minut < Number(plan.dataset.first);
      line.style.setProperty("--top", minut - Number(plan.dataset.first));
    }
  };
  move();
  setInterval(move, 20_000);
}

/** How many pixels a minute is. */
export function pixels(lane) {
  return lane.getBoundingClientRect().height / Number(getComputedStyle(lane).getPropertyValue("--i-alt"));
}
