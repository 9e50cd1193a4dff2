// Saves the draft as you write: on this device at once, sealed, then on the server when the writing pauses. The words say
// truly how it stands: nothing is called saved before it is, and nothing is called unsaved when it is on the disk.

const PAUSE_MS = 1200;
const AGAIN_MS = 10_000;
const REST_MS = 300;

export class Saving {
  /** kept: the draft on this device, or null where nothing can be kept. */
  constructor(form, status, kept) {
    Object.assign(this, { form, status, kept, unsaved: false, unkept: false, keeping: null, running: null, leaving: false });
    addEventListener("visibilitychange", () => document.hidden && this.unsaved && this.now());
    addEventListener("beforeunload", (event) => this.unsaved && this.unkept && !this.leaving && event.preventDefault());
    addEventListener("pageshow", () => { this.leaving = false; });
    form.addEventListener("submit", (event) => this.submit(event));
  }

  /** Something was written: keep it here now, and send it when the writing pauses. */
  soon(wait = PAUSE_MS) {
    this.unsaved = true;
    this.unkept = true;
    this.say(this.kept ? "Gemmer …" : "Ikke gemt endnu …");
    this.keeping ??= this.keep().finally(() => { this.keeping = null; });
    this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), wait);
  }

  /** Write to the device until it has what the page has. */
  async keep() {
    try {
      while (this.kept && this.unkept) {
        this.unkept = false;
        await this.kept.put();
      }
    } catch {
      this.kept = null;
      this.unkept = true;
    }
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.unsaved && !this.unkept && !this.trouble && this.say("Gemt på enheden"), REST_MS);
  }

  /** Save now; one saving at a time, so that an older text never lands on a newer. */
  async now() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.leaving) return;
    this.unsaved = false;
    this.running = this.send();
    await this.running;
    this.running = null;
  }

  async send() {
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: document.hidden,
      });
      if (!answer.headers.get("content-type")?.startsWith("application/json")) throw new Error(String(answer.status));
      const { gemt, fejl, udgave } = await answer.json();
      if (fejl) this.refused(fejl);
      else await this.stored(gemt, udgave);
    } catch {
      this.refused("Er du logget ud, eller er nettet væk? Vi prøver igen.");
      this.later(AGAIN_MS);
    }
  }

  /** The server has it. What the device kept goes, unless more was written meanwhile. */
  async stored(gemt, udgave) {
    if (this.kept) this.kept.base = udgave;
    if (this.unsaved) return;
    await this.keeping;
    if (!this.unsaved) await this.kept?.drop().catch(() => {});
    if (this.unsaved) return;
    this.unkept = false;
    this.say(`Gemt ${gemt}`);
  }

  /** A button that leaves the page: let a running saving end first, so that the two do not meet. */
  submit(event) {
    if (!this.running && !this.keeping) {
      this.leaving = true;
      clearTimeout(this.timer);
      if (this.unsaved) this.kept?.put(true).catch(() => {});
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    Promise.all([this.running, this.keeping]).then(() => this.form.requestSubmit(button));
  }

  refused(why) {
    this.unsaved = true;
    const here = this.kept && !this.unkept ? "Gemt på enheden, men ikke sendt" : "Ikke gemt";
    this.say(`${here}: ${why}`, true);
  }

  say(words, trouble = false) {
    this.trouble = trouble;
    this.status.textContent = words;
    this.status.classList.toggle("fb-gemt--ikke", trouble);
  }
}
