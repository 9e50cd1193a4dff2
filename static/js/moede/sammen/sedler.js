// The notes of a page: shown, written, put right, taken back. While somebody is putting a note right, what others do to it
// changes the words above the field, never those in it; the version they saw goes with what they send.

import { ownerWords, problem } from "./words.js";

export class Sedler {
  /** act(handling, tekst): something was done. */
  constructor(root, { board, outbox, act, medlemmer, person }) {
    Object.assign(this, { root, board, outbox, act, medlemmer, person, empty: root.querySelector("[data-skabelon]") });
    root.addEventListener("submit", (event) => this.#submitted(event));
    root.addEventListener("toggle", (event) => this.#opened(event.target), true);
    root.addEventListener("change", ({ target }) => target.matches("[data-ejer]") && this.#owner(target));
    withoutScript(root);
  }

  show() {
    for (const felt of this.root.querySelectorAll("[data-felt]")) {
      const list = felt.querySelector("[data-sedler]");
      const wanted = this.board.under(felt.dataset.felt, this.outbox.entries);
      const there = new Map([...list.children].map((li) => [li.dataset.seddel, li]));
      wanted.forEach((seddel, place) => {
        const li = there.get(seddel.id) ?? this.#fresh(seddel);
        there.delete(seddel.id);
        this.#fill(li, seddel);
        if (list.children[place] !== li) list.insertBefore(li, list.children[place] ?? null);
      });
      for (const gone of there.values()) gone.remove();
      felt.querySelector("[data-tom]").hidden = wanted.length > 0;
    }
  }

  #fresh({ id }) {
    const li = this.empty.content.firstElementChild.cloneNode(true);
    li.dataset.seddel = id;
    for (const form of li.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace(/[^/]*$/, id));
    withoutScript(li);
    return li;
  }

  #fill(li, { tekst, venter, sideloeb, ejer, ejer_navn, ja }) {
    put(li.querySelector("[data-tekst]"), tekst);
    const note = li.querySelector("[data-note]");
    note.hidden = !(venter || sideloeb);
    put(note, venter ? "Ligger på enheden" : sideloeb ? "To skrev samtidig. Begge tekster står her." : "");
    li.classList.toggle("seddel--venter", Boolean(venter));
    const choice = li.querySelector("[data-ejer]");
    const words = li.querySelector("[data-ejer-ord]");
    if (words) put(words, ownerWords(ejer, ejer_navn || choice?.querySelector(`[value="${CSS.escape(ejer)}"]`)?.text, ja));
    if (choice && choice !== document.activeElement) choice.value = ejer;
    const yes = li.querySelector("[data-ja]");
    if (yes) yes.hidden = ejer !== this.person || ja;
    const about = li.querySelector("[data-om]");
    if (about) put(about, ` ${tekst.slice(0, 50)}`);
  }

  /** The form opens with the words as they are now, and remembers which version they were. */
  #opened(details) {
    if (!details.open || !details.matches(".seddel-ret")) return;
    const seddel = this.#of(details);
    const field = details.querySelector("[data-felt-tekst]");
    field.value = field.defaultValue = seddel?.tekst ?? "";
    details.querySelector("[data-udgave]").value = seddel?.udgave ?? 0;
  }

  #of(element) {
    const li = element.closest("[data-seddel]");
    const felt = element.closest("[data-felt]").dataset.felt;
    return this.board.under(felt, this.outbox.entries).find(({ id }) => id === li.dataset.seddel);
  }

  #submitted(event) {
    const form = event.target;
    if (form.matches("[data-ny]")) this.#write(form);
    else if (form.matches("[data-handling]")) this.#change(form, event.submitter.value);
    else return;
    event.preventDefault();
  }

  #write(form) {
    const field = form.querySelector("textarea");
    const wrong = problem(field.value);
    form.querySelector("[data-fejl]").textContent = wrong;
    if (wrong) return field.focus();
    this.act({ op: "skriv", seddel: crypto.randomUUID(), felt: form.dataset.ny }, field.value.trim());
    field.value = "";
    field.focus();
  }

  #change(form, op) {
    const seddel = form.closest("[data-seddel]").dataset.seddel;
    if (op === "ja") return this.act({ op, seddel });
    if (op === "ejer") return this.#owner(form.querySelector("[data-ejer]"));
    const field = form.querySelector("textarea");
    const wrong = op === "ret" ? problem(field.value) : "";
    form.querySelector("[data-fejl]").textContent = wrong;
    if (wrong) return field.focus();
    form.closest("details").open = false;
    const udgave = Number(form.querySelector("[data-udgave]").value);
    if (op === "tag" || field.value.trim() !== field.defaultValue.trim()) {
      this.act({ op, seddel, udgave }, op === "tag" ? "" : field.value.trim());
    }
  }

  #owner(choice) {
    this.act({ op: "ejer", seddel: choice.closest("[data-seddel]").dataset.seddel, ejer: choice.value });
  }
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Buttons that are only there for pages without a script. */
function withoutScript(root) {
  for (const button of root.querySelectorAll("[data-uden-script]")) button.hidden = true;
}
