// Saves a form as one writes, by posting the very form that its button posts. The words beside the button are true:
// "Gemt kl. 10.31" only after the server's yes. Without this module the button saves.

const IDLE_MS = 800;
const RETRY_MS = 5000;
const NOT_SAVED = "Ikke gemt endnu.";
const OFFLINE = "Ikke gemt endnu. Der er ingen forbindelse lige nu; vi prøver igen.";
const BUSY = "Ikke gemt endnu. Systemet kan ikke gemme lige nu; vi prøver igen.";
const SIGNED_OUT = "Ikke gemt. Du er logget ud. Log ind i en anden fane, og kom tilbage hertil.";
const REFUSED = "Ikke gemt. Tryk på knappen for at se hvorfor.";

/** What the answer says: {saved, text, version}. A page instead of JSON means that the sign-in has run out. */
async function read(response) {
  if (response.type === "opaqueredirect" || response.status === 401) return { saved: false, text: SIGNED_OUT };
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  const passing = response.status === 503 || response.status === 507;
  if (!isJson) return { saved: false, text: passing ? BUSY : REFUSED, retry: passing };
  const body = await response.json();
  if (response.ok) return { saved: true, text: body.gemt, version: body.version };
  return { saved: false, text: `Ikke gemt endnu. ${body.fejl}` };
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.dirty = false;
    this.running = null;
    form.addEventListener("input", () => this.touched(IDLE_MS));
    form.addEventListener("focusout", () => this.dirty && this.touched(0));
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("pagehide", () => this.dirty && !this.running && this.save());
    for (const moment of ["online", "focus"]) addEventListener(moment, () => this.dirty && this.touched(0));
  }

  touched(delay) {
    this.dirty = true;
    this.say(NOT_SAVED);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  /** One post at a time; what was written meanwhile is posted after it. */
  async save() {
    clearTimeout(this.timer);
    if (this.running) return this.running;
    this.dirty = false;
    this.running = this.post();
    const { saved, text, version, retry } = await this.running;
    this.running = null;
    if (saved) this.form.elements.version.value = version;
    this.dirty ||= !saved;
    this.say(saved && this.dirty ? NOT_SAVED : text);
    if (saved && this.dirty) this.touched(IDLE_MS);
    else if (retry) this.timer = setTimeout(() => this.save(), RETRY_MS);
    return undefined;
  }

  async post() {
    try {
      const response = await this.send();
      if (response.status !== 400) return await read(response);
      await this.renewToken();
      return await read(await this.send());
    } catch {
      return { saved: false, text: OFFLINE, retry: true };
    }
  }

  send() {
    return fetch(this.form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form)),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
    });
  }

  /** After a new sign-in in another tab the form's token is old: take the one that the page would have now. */
  async renewToken() {
    const page = new DOMParser().parseFromString(await (await fetch(this.form.action)).text(), "text/html");
    const fresh = page.querySelector("#trin [name=csrf_token]");
    if (fresh) this.form.elements.csrf_token.value = fresh.value;
  }

  /** The button waits for a post under way, so that it carries the version that post made. */
  async submitted(event) {
    clearTimeout(this.timer);
    if (!this.running) return;
    event.preventDefault();
    const submitter = event.submitter;
    await this.running;
    setTimeout(() => this.form.requestSubmit(submitter), 0);
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
