// Whether a finger or a mouse button is down on the page: a button that is put away between down and up loses its press.

export class Tryk {
  #nede = false;
  #venter = [];

  constructor() {
    document.addEventListener("pointerdown", () => (this.#nede = true), true);
    for (const slip of ["pointerup", "pointercancel"]) document.addEventListener(slip, () => setTimeout(() => this.#slip(), 0), true);
    for (const vaek of ["blur", "pagehide"]) window.addEventListener(vaek, () => this.#slip());
  }

  /** At once where nothing is pressed, else when it has been let go and its click is over. */
  sluppet() {
    return new Promise((videre) => (this.#nede ? this.#venter.push(videre) : videre()));
  }

  #slip() {
    this.#nede = false;
    for (const videre of this.#venter.splice(0)) videre();
  }
}
