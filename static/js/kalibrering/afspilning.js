// Where the practice samtale is: the server's clock decides, so that a screen and ten phones are at the same word. No DOM.

const WAITING_MS = 1_000;
const PLAYING_MS = 2_000;
const LONGEST_MS = 8_000;

export class Afspilning {
  #offset = 0;
  #best = Infinity;
  #steering = false;
  #steeredAt = -Infinity;

  /** id: the kalibrering; onChange is called after every answer. */
  constructor(id, { onChange = () => {} } = {}) {
    Object.assign(this, { root: `/api/kalibreringer/${id}`, onChange, data: null, lost: false });
  }

  /** Ask now and then, for as long as the page is open: the next question waits for the last answer. */
  async follow() {
    await this.ask();
    setTimeout(() => this.follow(), this.begun ? PLAYING_MS : WAITING_MS);
  }

  async ask() {
    const asked = performance.now();
    const data = await this.#fetch(this.root);
    this.lost = data === null;
    if (data && asked > this.#steeredAt) this.take(data, asked);
    else this.onChange(); // Asked before somebody here steered it: the answer may be from before that.
  }

  /** Start, pause, genoptag, stop, forfra or vis; one at a time. Returns what went wrong, in words, or "". */
  async steer(handling) {
    if (this.#steering) return "";
    this.#steering = true;
    const asked = performance.now();
    const data = await this.#fetch(`${this.root}/styr`, { handling });
    this.#steering = false;
    this.#steeredAt = performance.now();
    if (!data) return "Der er ikke forbindelse lige nu. Prøv igen om et øjeblik.";
    if (data.fejl) return data.fejl;
    this.take(data, asked);
    return "";
  }

  /** Say that this person's recorder is open, until it has been heard. */
  async join() {
    const heard = await this.#fetch(`${this.root}/med`, {});
    if (!heard) setTimeout(() => this.join(), PLAYING_MS);
  }

  /** The samtale's own time in ms; below 0 while it counts down. */
  now() {
    const { start_ms, pauset_ms, slut_ms, tempo, varer_ms } = this.data;
    const stands = slut_ms ?? pauset_ms;
    if (stands !== null) return stands;
    if (start_ms === null) return 0;
    const at = ((performance.now() + this.#offset - start_ms) * tempo) / 100;
    return Math.min(varer_ms, Math.round(at));
  }

  get begun() {
    return this.data !== null && this.data.start_ms !== null && this.now() >= 0;
  }

  get ended() {
    return this.begun && (this.data.slut_ms !== null || this.now() >= this.data.varer_ms);
  }

  get paused() {
    return this.data?.pauset_ms !== null && !this.ended;
  }

  /** The quickest answer says best what the server's clock shows. */
  take(data, asked) {
    const round = performance.now() - asked;
    if (round <= this.#best) {
      this.#best = round;
      this.#offset = data.nu_ms - (asked + round / 2);
    }
    this.data = data;
    this.onChange();
  }

  async #fetch(address, body) {
    const sending = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const headers = { "Content-Type": "application/json", "X-Supervision": "1" };
    try {
      const answer = await fetch(address, { ...sending, headers, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(LONGEST_MS) });
      return answer.ok || answer.status === 409 ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
