// Saves the draft in the background and says truly how it stands. Nothing is stored in the browser: it may be a shared one.

const PAUSE_MS = 1200;
const AGAIN_MS = 10_000;

export class Saving {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.unsaved = false;
    this.running = null;
    this.leaving = false;
    addEventListener("visibilitychange", () => document.hidden && this.unsaved && this.now());
    addEventListener("beforeunload", (event) => this.unsaved && !this.leaving && event.preventDefault());
    addEventListener("pageshow", () => { this.leaving = false; });
    form.addEventListener("submit", (event) => this.submit(event));
  }

  /** Save when the writing pauses. */
  soon(wait = PAUSE_MS) {
    this.unsaved = true;
    if (wait === PAUSE_MS) this.say("Ikke gemt endnu …");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), wait);
  }

  /** Save now; one saving at a time, so that an older text never lands on a newer. */
  async now() {
    clearTimeout(this.timer);
    await this.running;
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
      const { gemt, fejl } = await answer.json();
      if (fejl) this.refused(fejl);
      else if (!this.unsaved) this.say(`Gemt ${gemt}`);
    } catch {
      this.refused("Er du logget ud, eller er nettet væk? Din tekst står her endnu. Vi prøver igen.");
      this.soon(AGAIN_MS);
    }
  }

  /** A button that leaves the page: let a running saving end first, so that the two do not meet. */
  submit(event) {
    if (!this.running) {
      this.leaving = true;
      clearTimeout(this.timer);
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    this.running.then(() => this.form.requestSubmit(button));
  }

  refused(why) {
    this.unsaved = true;
    this.say(`Ikke gemt: ${why}`, true);
  }

  say(words, trouble = false) {
    this.status.textContent = words;
    this.status.classList.toggle("fb-gemt--ikke", trouble);
  }
}
