// Moments: a point hangs on a time in the log, chosen from its list or by a tap on the timeline, and shows it as a chip.

/** Milliseconds as a clock: "12.41", "1.02.05". */
function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}.${two(minutes)}.${two(seconds % 60)}` : `${minutes}.${two(seconds % 60)}`;
}

export class Moments {
  constructor(form, points) {
    this.points = points;
    this.start = Date.parse(form.dataset.startet);
    this.wall = new Intl.DateTimeFormat("da-DK", { timeZone: "Europe/Copenhagen", hour: "2-digit", minute: "2-digit" });
  }

  /** Put the chosen moment on the chip of its point. */
  show(select) {
    if (!("oejeblik" in select.dataset)) return;
    const chip = select.closest("[data-punkt]").querySelector("[data-chip]");
    chip.hidden = select.value === "";
    if (!chip.hidden) chip.textContent = `kl. ${this.wall.format(this.start + Number(select.value)).replace(":", ".")}`;
  }

  /** Hang a moment of the timeline on the point being written. False when none is. */
  hang({ tMs, tekst }) {
    const point = this.points.current;
    if (!point?.isConnected || point.hidden) return false;
    this.put(point, tMs, tekst);
    point.querySelector("[data-tekst]").focus();
    return true;
  }

  /** Hang a moment on a point; words that its list does not have are added to it. */
  put(point, tMs, tekst = "") {
    const select = point.querySelector("[data-oejeblik]");
    const value = String(tMs);
    if (![...select.options].some((option) => option.value === value)) {
      select.add(new Option(tekst ? `${clock(tMs)} · ${tekst.split(",")[0]}` : `${clock(tMs)} inde`, value), 1);
    }
    select.value = value;
    this.show(select);
  }
}
