// The plan of a supervision day: drawn along the clock, moved by hand or keys, saved at once, undone step by step.
// One save at a time for each session, always of its newest place; when somebody else was first, theirs stands.

import { Greb, placeOf, put } from "./dagsplan_greb.js";
import { draw, drawNow, kl, minOf, startOf } from "./dagsplan_tegning.js";

const WAIT_MS = 450;
const OFFLINE = "Ikke gemt: der er ingen forbindelse. Sessionen står, hvor den stod.";

/** A line of the list under the plan, with the way to the session. */
function listed(item, sentences) {
  const [line, link] = [document.createElement("li"), document.createElement("a")];
  link.href = `#${item.id}`;
  link.textContent = `${item.dataset.navn} kl. ${kl(startOf(item))}`;
  line.append(link, `: ${sentences.join(" ")}`);
  return line;
}

class Dagsplan {
  constructor(plan) {
    this.plan = plan;
    this.words = document.querySelector("[data-dag-ord]");
    this.undoButton = document.querySelector("[data-fortryd]");
    this.undone = [];
    this.undoing = false;
    this.waiting = new Map();
    for (const only of document.querySelectorAll("[data-med-script]")) only.hidden = false;
    draw(plan);
    if (plan.dataset.nu) drawNow(plan, Number(plan.dataset.nu));
    const acts = { moved: (item, to) => this.show(item, to), done: (item, before) => this.moved(item, before) };
    for (const item of plan.querySelectorAll("[data-session]:has([data-greb])")) new Greb(plan, item, acts);
    this.undoButton.addEventListener("click", () => this.undo());
    addEventListener("beforeunload", () => this.flush());
  }

  /** Draw it at its place, and say where that is. */
  show(item, { start, lane } = placeOf(item)) {
    item.querySelector("[data-tid]").textContent = `${kl(start)}–${kl(start + minOf(item))}`;
    draw(this.plan);
    this.words.textContent = `${item.dataset.navn}: kl. ${kl(start)}–${kl(start + minOf(item))} hos ${lane.dataset.navn}.`;
  }

  moved(item, before) {
    this.show(item);
    const kept = this.waiting.get(item) ?? { before };
    clearTimeout(kept.timer);
    this.waiting.set(item, { ...kept, timer: setTimeout(() => this.save(item), WAIT_MS) });
  }

  flush() {
    for (const item of [...this.waiting.keys()]) this.save(item);
  }

  async save(item, undoing = false) {
    const { before, timer, busy } = this.waiting.get(item) ?? {};
    if (!before || busy) return;
    clearTimeout(timer);
    const to = placeOf(item);
    if (to.start === before.start && to.lane === before.lane) return void this.waiting.delete(item);
    this.waiting.set(item, { before, busy: true });
    const { ok, body } = await this.post(item, to);
    const newer = this.waiting.get(item);
    this.waiting.delete(item);
    if (!body) this.back(item, before, OFFLINE);
    else {
      if (ok && !undoing) this.undone.push({ item, before });
      this.take(item, body, ok, newer?.timer ? placeOf(item) : null);
    }
    this.undoing &&= ok; // What was not saved stands where it stood.
    if (this.undoing && !this.waiting.size) this.undo();
  }

  async post(item, to) {
    try {
      const response = await fetch(`/api/supervision/sessioner/${item.dataset.session}/flyt`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-Supervision": "1" },
        body: JSON.stringify({ start: to.start, supervisor: to.lane.dataset.bane, version: Number(item.dataset.version) }),
        keepalive: true,
      });
      const body = await response.json();
      return { ok: response.ok, body: "version" in body ? body : null };
    } catch {
      return { ok: false, body: null };
    }
  }

  /** The server's answer stands: place, version, room, and what is in the way of what. newer: moved on meanwhile. */
  take(item, body, ok, newer) {
    const lane = this.plan.querySelector(`[data-bane="${body.supervisor}"]`);
    item.dataset.version = body.version;
    item.querySelector("[data-lokale]").textContent = body.lokale;
    put(item, { start: body.start, lane });
    this.conflicts(body.konflikter);
    const said = body.konflikter[item.dataset.session];
    this.show(item);
    this.words.textContent += ok ? ` Gemt. ${said ? said.join(" ") : "Intet i vejen."}` : "";
    if (!ok) this.words.textContent = body.fejl;
    this.undoButton.hidden = !this.undone.length;
    if (!newer || !ok) return;
    put(item, newer);
    this.moved(item, { start: body.start, lane });
  }

  back(item, before, words) {
    put(item, before);
    this.show(item);
    this.words.textContent = words;
  }

  /** At each session, and together under the plan. */
  conflicts(found) {
    const all = document.querySelector("[data-i-vejen]");
    const told = [];
    for (const item of this.plan.querySelectorAll("[data-session]")) {
      const lines = (found[item.dataset.session] ?? []).map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      });
      item.querySelector("[data-konflikter]").replaceChildren(...lines);
      if (lines.length) told.push(listed(item, found[item.dataset.session]));
    }
    all.hidden = !told.length;
    all.querySelector("ul").replaceChildren(...told);
  }

  /** Take back the last move; one that is being saved is let to its end first, and is then the last. */
  undo() {
    this.flush();
    this.undoing = this.waiting.size > 0;
    if (this.undoing) return;
    const last = this.undone.pop();
    if (!last) return;
    const before = placeOf(last.item);
    put(last.item, last.before);
    this.show(last.item);
    this.waiting.set(last.item, { before });
    this.save(last.item, true);
  }
}

for (const plan of document.querySelectorAll("[data-dagsplan]")) new Dagsplan(plan);
