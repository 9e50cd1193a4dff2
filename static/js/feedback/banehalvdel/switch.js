// The one switch of the check. Off is remembered on this device for this person, and nowhere else.

export class Switch {
  #key = `supervision-uden-banehalvdel:${document.querySelector("meta[name=signed-in]").content}`;

  /** place: the hidden row with the box. turned: called with true or false, once after the page is at rest. */
  constructor(place, turned) {
    this.box = place.querySelector("input");
    this.box.checked = !this.#off();
    place.hidden = false;
    for (const kind of ["input", "change"]) place.addEventListener(kind, (event) => event.stopPropagation());
    this.box.addEventListener("change", () => {
      this.#note(!this.box.checked);
      turned(this.on);
    });
    const rest = globalThis.requestIdleCallback ?? setTimeout;
    rest(() => this.on && turned(true));
  }

  get on() {
    return this.box.checked;
  }

  #off() {
    try {
      return localStorage.getItem(this.#key) !== null;
    } catch {
      return false; // A browser that keeps nothing also forgets this.
    }
  }

  #note(off) {
    try {
      if (off) localStorage.setItem(this.#key, "1");
      else localStorage.removeItem(this.#key);
    } catch {
      // As above: it holds until the page is left.
    }
  }
}
