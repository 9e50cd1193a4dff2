// Tjek ud on one's own phone: send a line, take it back, see what the group says.

import { problem } from "./words.js";

const NO_ID = "00000000-0000-0000-0000-000000000000";

export class TjekUd {
  constructor(root, { board, outbox, act }) {
    Object.assign(this, { root, board, outbox, act });
    root.addEventListener("submit", (event) => this.#submitted(event));
  }

  show() {
    for (const box of this.root.querySelectorAll(".felt[data-boks]")) {
      const boks = box.dataset.boks;
      const own = this.board.own(boks, this.outbox.entries);
      const mine = new Set(own.map(({ id }) => id));
      this.#list(box, "egne", "[data-egen]", own);
      this.#list(box, "synlige", "[data-synlig]", (this.board.tjek_ud.synlige[boks] ?? []).filter(({ id }) => !mine.has(id)));
    }
  }

  #list(box, name, empty, lines) {
    const list = box.querySelector(`[data-${name}]`);
    const there = new Map([...list.children].map((li) => [li.dataset.linje, li]));
    lines.forEach((line, place) => {
      const li = this.#fill(there.get(line.id) ?? fresh(box.querySelector(empty), line.id), line);
      if (list.children[place] !== li) list.insertBefore(li, list.children[place] ?? null);
    });
    const kept = new Set(lines.map(({ id }) => id));
    for (const [id, li] of there) if (!kept.has(id)) li.remove();
    box.querySelector(`[data-${name}-navn]`).hidden = !lines.length;
  }

  #fill(li, { tekst, navn, venter }) {
    const note = li.querySelector("[data-navn]");
    li.querySelector("[data-tekst]").textContent = tekst;
    note.textContent = venter ? "Ligger på enheden" : navn;
    note.hidden = !note.textContent;
    li.classList.toggle("seddel--venter", Boolean(venter));
    const arrow = li.querySelector("[data-pil]");
    if (arrow) arrow.disabled = Boolean(venter);
    return li;
  }

  #submitted(event) {
    const form = event.target;
    if (form.matches("[data-tjek]")) this.#send(form);
    else if (event.submitter?.matches("[data-tag]")) this.act({ op: "tag_tjek_ud", seddel: form.closest("[data-linje]").dataset.linje });
    else return;
    event.preventDefault();
  }

  #send(form) {
    const field = form.querySelector("textarea");
    const wrong = problem(field.value);
    form.querySelector("[data-fejl]").textContent = wrong;
    if (wrong) return field.focus();
    this.act({ op: "tjek_ud", seddel: crypto.randomUUID(), felt: form.dataset.tjek }, field.value.trim());
    field.value = "";
    field.focus();
  }
}

function fresh(empty, id) {
  const li = empty.content.firstElementChild.cloneNode(true);
  li.dataset.linje = id;
  for (const name of ["action", "formaction"]) {
    for (const one of li.querySelectorAll(`[${name}]`)) one.setAttribute(name, one.getAttribute(name).replace(NO_ID, id));
  }
  return li;
}
