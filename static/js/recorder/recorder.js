// The recorder's one controller: it holds the log, keeps the clock, draws what there is and lets the waiting be sent.
// What the fields and buttons do stands in acts.js; how it is opened in opening.js; where it begins in start.js.

import { Acts } from "./acts.js";
import { Api } from "./api.js";
import { SamtaleClock } from "./clock.js";
import { Journal } from "./journal.js";
import { once } from "./log.js";
import { ongoing, running, uguLoops } from "./measures.js";
import { sealerOf } from "./opening.js";
import { Practice } from "./practice.js";
import { Presence } from "./presence.js";
import { closeDialogs } from "./screen/dialogs.js";
import { listen } from "./screen/listen.js";
import { drawScreen } from "./screen/screen.js";
import { Sync } from "./sync.js";
import { Tabs } from "./tabs.js";
import { Wakefulness } from "./wake.js";

const DRAW_EVERY_MS = 250;
const [runningOf, loopsOf] = [once(running), once(uguLoops)];

export class Recorder {
  /** opened: from opening.js `openKontrakt`; root: the recorder's element, its screen built; api: whom it speaks to. */
  constructor(root, kontrakt, { person, skaerm, store, api = new Api(kontrakt) }) {
    const onChange = () => this.draw();
    Object.assign(this, { root, person, api, data: skaerm, clock: null, known: false });
    const tabs = new Tabs(person, kontrakt);
    this.journal = new Journal({ kontrakt, store, sealer: sealerOf(skaerm, kontrakt), tabs, onChange });
    this.sync = new Sync({ journal: this.journal, api: this.api, person, onChange });
    this.acts = new Acts(this);
    this.awake = new Wakefulness();
    this.presence = new Presence(() => this.api.who());
    this.practice = new Practice(this);
    this.screen = drawScreen(root, skaerm);
  }

  /** Begin with what the device has. */
  async load() {
    await this.journal.load();
    this.setClock();
    listen(this);
    setInterval(() => this.draw(), DRAW_EVERY_MS);
  }

  /** Take in what the server has (null: it could not be asked), and send what waits. */
  async takeIn(log) {
    if (log) await this.journal.merge(log.startet_at && Date.parse(log.startet_at), log.haendelser);
    this.known = true;
    if (!this.clock) this.setClock();
    this.sync.ending ||= running(this.journal.events).slut;
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

  /** The net is back, or somebody looks at the page again: go on, and see what other devices have sent. */
  async again() {
    this.clock?.wake();
    this.draw();
    const news = this.sync.courier?.catchUp();
    await this.sync.now();
    if (await news) this.takeIn(null);
  }

  draw() {
    const nowMs = this.clock?.now() ?? 0;
    const practiceLeftMs = this.practice.runs ? this.practice.leftMs(nowMs) : null;
    if (practiceLeftMs !== null && practiceLeftMs <= 0) return this.endPractice();
    const { events, counts, trouble } = this.journal;
    if (!this.clock && this.journal.startet_at !== null) this.setClock();
    const state = runningOf(events);
    for (const one of [this.awake, this.presence]) one.keep(state.startet && !state.slut);
    this.screen({
      events,
      counts,
      trouble,
      nowMs,
      wallMs: Date.now(),
      running: state,
      figures: ongoing(events, nowMs),
      loops: loopsOf(events),
      sync: this.sync,
      online: navigator.onLine,
      known: this.known,
      ready: this.ready,
      practiceLeftMs,
      practised: this.practice.done,
      mayStayAwake: this.awake.possible,
      byCode: this.data.kode === true,
    });
  }
}
