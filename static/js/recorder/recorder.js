// The recorder's one controller: it opens the log, keeps the clock, draws what there is and lets the waiting be sent.
// What the fields and buttons do stands in acts.js.

import { Acts } from "./acts.js";
import { Api } from "./api.js";
import { SamtaleClock } from "./clock.js";
import { Journal } from "./journal.js";
import { ongoing, running, uguLoops } from "./measures.js";
import { Practice } from "./practice.js";
import { closeDialogs } from "./screen/dialogs.js";
import { listenToHolds } from "./screen/hold.js";
import { listenToKeys } from "./screen/keys.js";
import { drawScreen } from "./screen/screen.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { Wakefulness } from "./wake.js";

const DRAW_EVERY_MS = 250;

class Recorder {
  constructor(root, data, store) {
    const onChange = () => this.draw();
    this.root = root;
    this.data = data;
    this.clock = null;
    this.known = false;
    this.api = new Api(data.adresser);
    this.journal = new Journal({ kontrakt: data.kontrakt, store, onChange });
    this.sync = new Sync({ journal: this.journal, api: this.api, person: data.person, onChange });
    this.acts = new Acts(this);
    this.awake = new Wakefulness();
    this.practice = new Practice(this);
    this.screen = drawScreen(root, data);
  }

  /** Begin with what the device has, then take in what the server has. */
  async open() {
    await this.journal.load();
    this.setClock();
    this.known = this.clock !== null;
    this.#listen();
    const { status, data } = await this.api.fetchLog();
    if (status === 200) await this.journal.merge(data.startet_at && Date.parse(data.startet_at), data.haendelser);
    this.known = true;
    if (!this.clock) this.setClock();
    this.sync.ending = running(this.journal.events).slut;
    this.sync.now();
    this.draw();
  }

  /** Start the clock where the log says that the samtale began. */
  setClock() {
    const { startet_at, events } = this.journal;
    if (startet_at === null) return;
    this.clock = new SamtaleClock(startet_at, Math.max(0, ...events.map((event) => event.t_ms)));
  }

  /** Whether a samtale may begin now. */
  get ready() {
    return this.known && !this.practice.rests;
  }

  /** The practice is over, by its own time or by Stop: back to the page before the start. */
  endPractice() {
    closeDialogs();
    this.practice.end();
    this.draw();
    this.root.querySelector("[data-start-heading]").focus();
  }

  /** Add events to the log and let them be sent. */
  log(events) {
    if (!events.length) return;
    this.journal.add(events);
    this.sync.soon();
  }

  draw() {
    const nowMs = this.clock?.now() ?? 0;
    const practiceLeftMs = this.practice.runs ? this.practice.leftMs(nowMs) : null;
    if (practiceLeftMs !== null && practiceLeftMs <= 0) return this.endPractice();
    const { events, counts, trouble } = this.journal;
    const state = running(events);
    this.awake.keep(state.startet && !state.slut);
    this.screen({
      events,
      counts,
      trouble,
      nowMs,
      wallMs: Date.now(),
      running: state,
      figures: ongoing(events, nowMs),
      loops: uguLoops(events),
      sync: this.sync,
      online: navigator.onLine,
      known: this.known,
      ready: this.ready,
      practiceLeftMs,
      practised: this.practice.done,
      mayStayAwake: this.awake.possible,
    });
  }

  #listen() {
    document.addEventListener("click", ({ target, timeStamp }) => {
      const button = target.closest("button");
      if (button?.dataset.spor) this.acts.press(button, timeStamp);
      else if (button?.dataset.act) this.acts.act(button.dataset.act, button.dataset.of);
      else if (button && "close" in button.dataset) closeDialogs();
    });
    listenToHolds((field, heldMs) => this.acts.hold(field, heldMs));
    listenToKeys(this.acts);
    setInterval(() => this.draw(), DRAW_EVERY_MS);
    for (const name of ["online", "focus"]) window.addEventListener(name, () => this.#again());
    window.addEventListener("offline", () => this.draw());
    document.addEventListener("visibilitychange", () => this.#again());
  }

  /** The net is back, or somebody looks at the page again. */
  #again() {
    if (document.visibilityState === "hidden") return;
    this.clock?.wake();
    this.sync.now();
    this.draw();
  }
}

const data = JSON.parse(document.getElementById("optager-data").textContent);
const store = await openStore(data.person).catch(() => null);
await new Recorder(document.querySelector("[data-recorder]"), data, store).open();
