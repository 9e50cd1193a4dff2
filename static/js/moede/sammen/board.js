// The meeting's board as the server has it, with what waits on this device laid over it. No DOM.

const LATER = 1e9;
const SEALED = "Noget, du skrev før, ligger på enheden og bliver sendt.";

export class Board {
  nr = 0;
  aftryk = "";
  tilstand = "";
  tal = null;
  sedler = new Map();
  tjek_ud = { synlige: {}, egne: [] };

  /** What the server says has changed. */
  merge({ nr, aftryk, tilstand, tal, sedler, tjek_ud }) {
    Object.assign(this, { nr, aftryk, tilstand, tal, tjek_ud });
    for (const seddel of sedler) this.sedler.set(seddel.id, seddel);
  }

  /** An act has been carried out: show it so until the server's own word comes. */
  settled({ handling, tekst, orden }, { seddel, resultat }) {
    const before = this.sedler.get(handling.seddel);
    if (handling.op === "tal") this.tal = handling.tal;
    else if (handling.op === "skriv" || resultat === "egen_seddel") {
      const felt = handling.felt || before?.felt;
      this.sedler.set(seddel, { id: seddel, felt, tekst: tekst ?? SEALED, udgave: 1, orden: [LATER, orden], ejer: "", sideloeb: resultat === "egen_seddel" });
    } else if (before && resultat === "gemt") this.sedler.set(before.id, changed(before, handling, tekst));
  }

  /** The notes under a field in their order; venter: not with the server yet. */
  under(felt, entries) {
    const found = new Map([...this.sedler].filter(([, one]) => one.felt === felt));
    for (const { handling, tekst, orden } of entries) {
      const { op, seddel } = handling;
      if (op === "skriv" && handling.felt === felt) {
        found.set(seddel, { id: seddel, felt, tekst: tekst ?? SEALED, udgave: 1, orden: [LATER, orden], ejer: "", venter: true });
      } else if (found.has(seddel)) found.set(seddel, { ...changed(found.get(seddel), handling, tekst), venter: true });
    }
    return [...found.values()].filter(({ taget }) => !taget).sort(inOrder);
  }

  /** One's own lines of tjek ud in a box; venter as above. */
  own(boks, entries) {
    const taken = new Set(entries.filter(({ handling }) => handling.op === "tag_tjek_ud").map(({ handling }) => handling.seddel));
    const waiting = entries.filter(({ handling }) => handling.op === "tjek_ud")
      .map(({ handling, tekst }) => ({ id: handling.seddel, boks: handling.felt, tekst: tekst ?? SEALED, navn: "", venter: true }));
    const known = new Set(this.tjek_ud.egne.map(({ id }) => id));
    return [...this.tjek_ud.egne, ...waiting.filter(({ id }) => !known.has(id))].filter((one) => one.boks === boks && !taken.has(one.id));
  }
}

function changed(seddel, { op, ejer }, tekst) {
  if (op === "ret") return { ...seddel, tekst: tekst ?? seddel.tekst };
  if (op === "ejer") return { ...seddel, ejer, ejer_navn: "", ja: false };
  if (op === "ja") return { ...seddel, ja: true };
  return { ...seddel, taget: op === "tag" };
}

function inOrder({ orden: one, id }, { orden: other, id: second }) {
  return one[0] - other[0] || one[1] - other[1] || (id < second ? -1 : 1);
}
