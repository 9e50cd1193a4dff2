// The recorder in a practice samtale: the same screen and log, but its clock is the one that plays the samtale, it begins and
// ends by itself, and it speaks to an address of its own, so that nothing of it ever lies among real observations.

import { Afspilning } from "./afspilning.js";
import { Strimmel } from "./strimmel.js";
import { Api } from "../recorder/api.js";
import { remember } from "../recorder/device.js";
import { newEvent } from "../recorder/log.js";
import { running } from "../recorder/measures.js";
import { Recorder } from "../recorder/recorder.js";
import { buildScreen } from "../recorder/screen/build.js";
import { openStore } from "../recorder/store.js";

const OFF = new Set(["note", "pause", "afslut", "afslut_nu", "start", "proev"]);

class OeveApi extends Api {
  constructor(id) {
    super(id, `/api/kalibreringer/${id}`);
  }

  /** There is nothing to put aside: a practice that is no longer ours is let go. */
  async putAside() {
    return { status: 0, data: {}, wait: 0 };
  }
}

class OeveOptager extends Recorder {
  /** Begun only by the samtale itself. */
  get ready() {
    return false;
  }

  setClock() {
    const { spil } = this;
    this.clock = spil.begun ? { now: () => Math.max(0, spil.now()), wake: () => spil.ask() } : null;
  }

  /** Begin and end with the samtale. Called at every drawing: a sleeping phone catches up when it wakes. */
  follow() {
    const { spil } = this;
    if (!this.known || !spil.begun) return;
    const state = running(this.journal.events);
    if (!state.startet) this.begin();
    else if (spil.ended && !state.slut) this.finish();
  }

  begin() {
    this.journal.begin(Date.now() - Math.max(0, this.spil.now()));
    this.setClock();
    this.log([newEvent(this.journal.events, "ur", "start", 0)]);
  }

  finish() {
    this.log([newEvent(this.journal.events, "ur", "slut", this.spil.now())]);
    this.journal.end();
    this.sync.finish();
  }
}

const root = document.querySelector("[data-oeve]");
const id = root.dataset.oeve;
const api = new OeveApi(id);
const asked = performance.now();
const { status, data } = await api.open();
if (status === 200) await begin();
else if (status === 401) location.replace(`/log-ind?next=${location.pathname}`);
else document.querySelector("[data-oeve-fejl]").hidden = false;

async function begin() {
  await remember(data.person);
  buildScreen(root, data.skaerm);
  const store = await openStore(`${data.person}-oevelse`).catch(() => null);
  const recorder = new OeveOptager(root, id, { person: data.person, skaerm: data.skaerm, store, api });
  const spil = new Afspilning(id, { onChange: () => strip.draw() });
  const strip = new Strimmel(spil, root);
  recorder.spil = spil;
  limit(recorder.acts);
  spil.take(data.nu, asked);
  spil.join();
  spil.follow();
  await recorder.load();
  await recorder.takeIn(data.log);
  setInterval(() => {
    recorder.follow();
    strip.draw();
  }, 100);
}

/** What a practice has no use for: own pauses, an end of one's own, notes. */
function limit(acts) {
  const { act, hold } = { act: acts.act.bind(acts), hold: acts.hold.bind(acts) };
  acts.act = (name, of) => OFF.has(name) || act(name, of);
  acts.hold = (field, heldMs) => (field.dataset.spor === "faerdighed" ? acts.press(field) : hold(field, heldMs));
}
