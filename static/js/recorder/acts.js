// What each field and button of the recorder does: it asks taps.js for the events and gives them to the log.

import { saveAsFile } from "./file.js";
import { askForNoteTo, askWhenItBegan } from "./holds.js";
import { showRecent, showTicks } from "./lists.js";
import { byTap, effective, newEvent } from "./log.js";
import { ongoing, running } from "./measures.js";
import { askForNote, closeDialogs, openDialog, showRefused, showSummary } from "./screen/dialogs.js";
import { flash } from "./screen/tiles.js";
import * as taps from "./taps.js";

const SAME_TILE_MS = 300;
const BY_TRACK = { taler: taps.tapTaler, fase: taps.tapFase, ugu: taps.tapUgu, element: taps.tapElement };

export class Acts {
  #lastTick = new Map();
  #endAt = 0;

  /** recorder: its journal, clock, sync, data, root, and `log(events)`. */
  constructor(recorder) {
    this.recorder = recorder;
  }

  get events() {
    return this.recorder.journal.events;
  }

  get now() {
    return this.recorder.clock.now();
  }

  /** A field that stands for an event (data-spor, data-kode) was pressed. */
  press(button, timeStamp = performance.now()) {
    const { spor, kode } = button?.dataset ?? {};
    if (!spor || !this.#isOn()) return;
    if (spor === "faerdighed") this.#tick(button, timeStamp, this.now);
    else this.recorder.log(BY_TRACK[spor](this.events, kode, this.now));
  }

  /** A field was held instead of tapped; the press began heldMs ago. */
  hold(field, heldMs) {
    if (!this.#isOn()) return;
    const began = this.now - heldMs;
    if (field.dataset.spor !== "faerdighed") return askWhenItBegan(this.recorder, field, began);
    this.#tick(field, performance.now() - heldMs, began);
    const ticks = effective(this.events).filter((e) => e.spor === "faerdighed" && e.kode === field.dataset.kode);
    if (ticks.length) askForNoteTo(this.recorder, ticks.sort(byTap).at(-1));
  }

  /** A button that does something else (data-act); some say what they are of (data-of). */
  act(name, of) {
    if (name === "start") this.#start();
    else if (name === "proev") this.#practise();
    else if (name === "vis_afviste") showRefused(this.recorder.journal.refused(), this.recorder.data.navne);
    else if (name === "gem_fil") saveAsFile(this.recorder.journal);
    else if (name === "vis_taster") openDialog("taster");
    else if (this.#isOn()) this.#whileRunning(name, of);
  }

  /** The keys: the other speaker, a phase by its place, U or G. */
  other() {
    const kode = taps.otherParty(this.events, this.recorder.data.parter);
    this.press(this.#field("taler", kode));
  }

  phase(index) {
    this.press(this.recorder.root.querySelectorAll("[data-spor=fase]")[index]);
  }

  letter(kode) {
    this.press(this.#field("ugu", kode));
  }

  tile(letter) {
    this.press(this.recorder.root.querySelector(`[data-key="${letter}"]`));
  }

  #whileRunning(name, of) {
    const log = (events) => this.recorder.log(events);
    if (name === "fortryd") log(taps.tapUndo(this.events, this.now));
    else if (name === "gendan") log(taps.tapRedo(this.events));
    else if (name === "emne_foer") log(taps.tapEmne(this.events, -1, this.now));
    else if (name === "emne_efter") log(taps.tapEmne(this.events, 1, this.now));
    else if (name === "pause") this.#clock(running(this.events).pause ? "genoptag" : "pause", this.now);
    else if (name === "vis_kryds") showTicks(this.recorder, of);
    else if (name === "vis_seneste") showRecent(this.recorder);
    else if (name === "note") this.#note(this.now);
    else if (name === "afslut" && this.recorder.practice.runs) this.recorder.endPractice();
    else if (name === "afslut") this.#askToEnd(this.now);
    else if (name === "afslut_nu") this.#end();
  }

  /** The same tile within 300 ms is one tick: a thumb that trembles. */
  #tick(tile, timeStamp, tMs) {
    const { kode } = tile.dataset;
    if (timeStamp - (this.#lastTick.get(kode) ?? -Infinity) < SAME_TILE_MS) return;
    this.#lastTick.set(kode, timeStamp);
    this.recorder.log(taps.tapPoint(this.events, "faerdighed", kode, tMs));
    flash(tile);
  }

  #practise() {
    if (!this.recorder.ready || running(this.events).startet) return;
    this.recorder.practice.begin();
    this.#start();
  }

  #start() {
    if (!this.recorder.ready || running(this.events).startet) return;
    this.recorder.journal.begin(Date.now());
    this.recorder.setClock();
    this.#clock("start", 0);
  }

  /** A note belongs to the moment it was opened, however long it takes to write. */
  #note(at) {
    const shown = ongoing(this.events, at).varighed_ms;
    askForNote(shown, (text) => this.recorder.log(taps.tapPoint(this.events, "note", text, at)));
  }

  /** The samtale ended when the button was pressed, not when the summary has been read. */
  #askToEnd(at) {
    this.#endAt = at;
    showSummary([...this.events, newEvent(this.events, "ur", "slut", at)], this.events, this.recorder.data);
  }

  #end() {
    closeDialogs();
    this.#clock("slut", this.#endAt);
    this.recorder.journal.end();
    this.recorder.sync.finish();
  }

  #clock(kode, tMs) {
    this.recorder.log([newEvent(this.events, "ur", kode, tMs)]);
  }

  #field(spor, kode) {
    return this.recorder.root.querySelector(`[data-spor=${spor}][data-kode=${kode}]`);
  }

  #isOn() {
    const state = running(this.events);
    return state.startet && !state.slut;
  }
}
