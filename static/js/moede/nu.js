// Asks the server where the meeting is: every two seconds, seldom when nobody looks, and less and less often when there
// is no answer. What has not changed costs a 304 and no words. Knows no DOM but whether the page is seen.

const HVERT_MS = 2000;
const SKJULT_MS = 15000;
const LAENGST_MS = 30000;

export class Spoerger {
  /** `modtager`: svar(nu) with each new answer, vaek() without a connection, ude() when one may not see it any more. */
  constructor(adresse, modtager) {
    Object.assign(this, { adresse, modtager, tag: "", sidste: null, fejl: 0, timer: 0, igang: false, igen: false });
  }

  begynd() {
    document.addEventListener("visibilitychange", () => document.hidden || this.straks());
    for (const haendelse of ["online", "focus"]) window.addEventListener(haendelse, () => this.straks());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.straks());
    this.straks();
  }

  /** There is a reason to ask now: one that is under way may have been sent while there was no net, and is asked again. */
  straks() {
    clearTimeout(this.timer);
    this.fejl = 0;
    this.igen = this.igang;
    this.spoerg();
  }

  async spoerg() {
    if (this.igang) return;
    this.igang = true;
    let videre = true;
    try {
      videre = await this.hent();
      if (videre) this.fejl = 0;
    } catch {
      this.fejl += 1;
      this.modtager.vaek();
    } finally {
      this.igang = false;
    }
    if (this.igen) this.straks();
    else if (videre) this.timer = setTimeout(() => this.spoerg(), this.pause());
  }

  /** Whether to go on asking. Throws without an answer, or with one that says that the server is not well. */
  async hent() {
    const headers = { Accept: "application/json", "X-Supervision": "1" };
    if (this.tag) headers["If-None-Match"] = this.tag;
    const svar = await fetch(this.adresse, { headers, cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (svar.status === 401 || svar.status === 404) {
      this.modtager.ude();
      return false;
    }
    if (svar.status !== 304) {
      if (!svar.ok) throw new Error(`${svar.status}`);
      const nu = await svar.json();
      this.sidste = { ...nu, forskel_ms: nu.nu_ms - Date.now() };
      this.tag = svar.headers.get("ETag") ?? ""; // After its words: an answer that was cut off is asked for once more.
    }
    this.modtager.svar(this.sidste);
    return true;
  }

  pause() {
    if (this.fejl) return Math.min(LAENGST_MS, HVERT_MS * 2 ** (this.fejl - 1));
    return document.hidden ? SKJULT_MS : HVERT_MS;
  }
}
