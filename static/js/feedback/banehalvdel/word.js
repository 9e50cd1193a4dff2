// The kind word below a field: why, and ways to say it from one's own half. A press can be taken back.

const PROPOSAL = / ?Prøv\b.*$/s;

/** What to say on after why: the proposal without its beginnings, which are buttons; the open drawer when there is one. */
const onwards = ({ label, forslag, skuffe }, open) => (open.includes(label) ? skuffe : forslag.replace(PROPOSAL, ""));

export class Word {
  #shown = null;
  #before = null;

  /** siger: where a screen reader hears of it, politely. */
  constructor(place, field, siger) {
    Object.assign(this, { place, field, siger, open: [] });
    place.replaceChildren();
  }

  /** The sentence that the word is about. */
  get about() {
    return this.#shown?.tekst;
  }

  /** Show the word about this sentence, or none. The same one is not said again. */
  show(dom) {
    if (this.#before) return;
    const same = dom && dom.tekst === this.about && dom.label === this.#shown.label;
    this.#shown = dom;
    if (same) return;
    this.place.replaceChildren(...(dom ? this.#parts(dom) : []));
    if (dom) this.siger.textContent = `${dom.hvorfor} Under feltet er der et forslag.`;
  }

  /** The writer goes on: the way back is gone, but for the browser's own undo. */
  settle() {
    if (!this.#before || this.field.area.value === this.#before.after) return;
    this.#before = null;
    this.#shown = null;
    this.place.replaceChildren();
  }

  get rewriting() {
    return this.#before !== null;
  }

  #parts(dom) {
    const said = Object.assign(document.createElement("p"), { textContent: `${dom.hvorfor} ${onwards(dom, this.open)}`.trim() });
    const ways = document.createElement("p");
    for (const begin of dom.begyndelser) {
      ways.append(button("fb-starter", `${begin} …`, () => this.#begin(begin), `Omskriv: begynd med »${begin} …«`));
    }
    ways.append(button("button-link", "Lad den stå", () => this.field.leave(this.#shown)));
    return [said, ways];
  }

  /** Put the beginning in front, with the old sentence chosen: what is written takes its place. */
  #begin(words) {
    const { area } = this.field;
    const { fra, til } = this.#shown;
    const was = { value: area.value, after: `${area.value.slice(0, fra)}${words} ${area.value.slice(fra)}` };
    this.#before = was;
    put(area, fra, fra, `${words} `);
    area.setSelectionRange(fra + words.length + 1, til + words.length + 1);
    const said = Object.assign(document.createElement("p"), { textContent: "Skriv videre herfra. Det, du skriver, afløser den gamle sætning." });
    const ways = document.createElement("p");
    ways.append(button("button-link", "Fortryd", () => this.#undo(was)));
    this.place.replaceChildren(said, ways);
    this.siger.textContent = said.textContent;
  }

  #undo({ value }) {
    this.#before = null;
    this.#shown = null;
    put(this.field.area, 0, this.field.area.value.length, value);
  }
}

/** Write into the field as a hand would, so that the browser's own undo knows of it. */
function put(area, from, to, text) {
  area.focus();
  area.setSelectionRange(from, to);
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

function button(className, words, press, label = words) {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: words, ariaLabel: label });
  made.addEventListener("click", press);
  return made;
}
