// The points of the draft on the page: begin, move, take away (with a way back), and always an empty one at the end.

const PLACE = /^punkter-\d+-/;

/** A random UUID; `crypto.randomUUID` is missing where the page is not served over https. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

const textOf = (point) => point.querySelector("[data-tekst]");

export class Points {
  constructor(form) {
    this.form = form;
    this.current = null;
    form.addEventListener("focusin", (event) => this.attend(event.target.closest("[data-punkt]")));
    if (form.contains(document.activeElement)) this.attend(document.activeElement.closest("[data-punkt]"));
  }

  /** The point that is being written; it keeps the name while the timeline is used. */
  attend(point) {
    if (!point) return;
    this.current?.classList.remove("fb-punkt--aktiv");
    this.current = point;
    point.classList.add("fb-punkt--aktiv");
  }

  begin(area, starter) {
    const inside = this.current && area.contains(this.current) ? this.current : null;
    const point = inside && !textOf(inside).value.trim() ? inside : this.empty(area);
    const field = textOf(point);
    field.value = starter;
    field.focus();
    field.setSelectionRange(starter.length, starter.length);
    this.grow(field);
  }

  empty(area) {
    const points = [...area.querySelectorAll("[data-punkt]:not([hidden])")];
    return points.find((point) => !textOf(point).value.trim()) ?? this.add(points.at(-1));
  }

  /** When the last point of an area is written in, another empty one follows. */
  grow(field) {
    const point = field.closest("[data-punkt]");
    if (!point || !("tekst" in field.dataset) || !field.value.trim()) return;
    point.querySelector("[data-knapper]").hidden = false;
    if (point === point.parentElement.lastElementChild) this.add(point);
  }

  add(model) {
    const point = model.cloneNode(true);
    const id = uuid();
    point.id = `punkt-${id}`;
    point.classList.remove("fb-punkt--aktiv");
    point.querySelector("[data-id]").value = id;
    for (const option of point.querySelectorAll("option")) option.defaultSelected = false;
    point.querySelector("[data-oejeblik]").value = "";
    point.querySelector("[data-chip]").hidden = true;
    point.querySelector("[data-knapper]").hidden = true;
    point.querySelector(".form-error-message")?.remove();
    for (const said of point.querySelectorAll("[data-spejl], [data-bane]")) said.replaceChildren();
    const field = textOf(point);
    field.value = field.defaultValue = "";
    field.removeAttribute("aria-invalid");
    for (const button of point.querySelectorAll("button[value]")) button.value = button.value.replace(/:.*/, `:${id}`);
    model.after(point);
    this.number();
    return point;
  }

  move(point, way) {
    const other = way === "op" ? point.previousElementSibling : point.nextElementSibling;
    if (!other || !textOf(other)?.value.trim()) return;
    if (way === "op") other.before(point);
    else other.after(point);
    this.number();
    point.querySelector(`[data-flyt="${way}"]`).focus();
  }

  /** Take the point away; its words stay on the page until it is left, behind "Fortryd". */
  take(point, undone) {
    const field = textOf(point);
    const words = field.value;
    const back = document.createElement("p");
    const undo = Object.assign(document.createElement("button"), { type: "button", textContent: "Fortryd" });
    back.className = "fb-fortryd";
    undo.className = "button-link";
    back.append("Punktet er slettet.", undo);
    field.value = "";
    point.hidden = true;
    point.after(back);
    undo.focus();
    undo.addEventListener("click", () => {
      field.value = words;
      point.hidden = false;
      back.remove();
      field.focus();
      undone();
    });
  }

  /** The server reads the points by their number: give them the order of the page, and labels that say it. */
  number() {
    [...this.form.querySelectorAll("[data-punkt]")].forEach((point, place) => {
      const inArea = [...point.parentElement.querySelectorAll("[data-punkt]")].indexOf(point) + 1;
      for (const field of point.querySelectorAll("[name^='punkter-']")) {
        field.name = field.name.replace(PLACE, `punkter-${place}-`);
        if (field.type === "hidden") continue;
        const label = point.querySelector(`label[for="${field.id}"]`);
        field.id = field.name;
        label.htmlFor = field.id;
        label.textContent = label.textContent.replace(/punkt \d+/, `punkt ${inArea}`);
      }
      for (const button of point.querySelectorAll("button[aria-label]")) {
        button.ariaLabel = button.ariaLabel.replace(/punkt \d+/, `punkt ${inArea}`);
      }
    });
  }
}
