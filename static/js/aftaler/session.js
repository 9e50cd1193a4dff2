// The clock of a running session, from the server's time; and the fokusperson's page that follows the supervisor's taps.

const LOOK_MS = 10_000;
const LONGEST_MS = 8_000;

const two = (number) => String(number).padStart(2, "0");

function clock(element) {
  const due = Date.now() + Number(element.dataset.tilbage);
  const tell = () => {
    const seconds = Math.round((due - Date.now()) / 1000);
    const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
    element.querySelector("[data-ur-tal]").textContent = `${minutes}.${two(rest)}`;
    element.querySelector("[data-ur-ord]").textContent = seconds >= 0 ? "tilbage" : "over tiden";
  };
  tell();
  return setInterval(tell, 500);
}

class Session {
  constructor(box) {
    this.box = box;
    this.wind();
    setInterval(() => document.visibilityState === "visible" && this.look(), LOOK_MS);
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  wind() {
    clearInterval(this.running);
    const face = this.box.querySelector("[data-ur]");
    this.running = face && clock(face);
  }

  /** Another state than the page's: show it, without touching what somebody writes elsewhere on the page. */
  async look() {
    try {
      const response = await fetch(location.pathname, { redirect: "error", signal: AbortSignal.timeout(LONGEST_MS) });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-sessionen]");
      if (!fresh || fresh.dataset.tilstand === this.box.dataset.tilstand) return;
      this.box.replaceWith(document.adoptNode(fresh));
      this.box = document.querySelector("[data-sessionen]");
      this.wind();
    } catch {
      // No connection: the clock runs on, and the next look tries again.
    }
  }
}

for (const box of document.querySelectorAll("[data-sessionen]")) new Session(box);
