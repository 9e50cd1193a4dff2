// The four phases and the elements under them. A phase without elements leaves those of the one before in their place,
// so that what was said just now can still be marked, and nothing on the screen moves.

export function phasesPiece(root) {
  const phases = [...root.querySelectorAll("[data-spor=fase]")];
  const chips = [...root.querySelectorAll("[data-spor=element]")];
  const withElements = new Set(chips.map((chip) => chip.dataset.of));
  const first = chips[0]?.dataset.of;
  let shown = first;
  return ({ running, figures }) => {
    if (!running.startet) shown = first;
    if (withElements.has(running.fase)) shown = running.fase;
    for (const phase of phases) phase.setAttribute("aria-pressed", String(phase.dataset.kode === running.fase));
    for (const chip of chips) {
      chip.hidden = chip.dataset.of !== shown;
      chip.setAttribute("aria-pressed", String(chip.dataset.kode in figures.elementer));
    }
  };
}
