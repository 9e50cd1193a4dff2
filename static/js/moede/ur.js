// The present point's clock by the server's time: it survives a reload, and every screen shows the same.

export class Ur {
  constructor(rod) {
    this.rod = rod;
    this.nu = null;
    setInterval(() => this.tegn(), 500);
  }

  /** `nu`: an answer of /nu, with `forskel_ms`, how far the server's clock is ahead of this one. */
  stil(nu) {
    this.nu = nu;
    this.tegn();
  }

  tegn() {
    if (!this.nu) return;
    const server = Date.now() + this.nu.forskel_ms;
    const brugt = this.nu.fra_ms === null ? (this.nu.brugt_ms ?? 0) : Math.max(0, server - this.nu.fra_ms);
    for (const ur of this.rod.querySelectorAll("[data-moede-ur]")) {
      skriv(ur.querySelector("[data-ur-tid]"), klokke(brugt));
      ur.classList.toggle("moede-ur--over", this.nu.laengde_ms > 0 && brugt > this.nu.laengde_ms);
    }
    const rest = Math.max(0, Math.floor((this.nu.slut_ms - server) / 60000));
    for (const sted of this.rod.querySelectorAll("[data-rest]")) skriv(sted, `${rest} min. tilbage`);
  }
}

function skriv(sted, ord) {
  if (sted && sted.textContent !== ord) sted.textContent = ord;
}

/** Milliseconds as “12.41”, “1.02.05”, as the server writes them. */
export function klokke(ms) {
  const alle = Math.floor(ms / 1000);
  const to = (tal) => String(tal).padStart(2, "0");
  const [timer, minutter, sekunder] = [Math.floor(alle / 3600), Math.floor(alle / 60) % 60, alle % 60];
  return timer ? `${timer}.${to(minutter)}.${to(sekunder)}` : `${minutter}.${to(sekunder)}`;
}
