// Which words are being said: a line, and the piece of it that has come so far. No DOM.

const PIECE = 90;

/** The lines of the page's data block, each cut into pieces that can be read at a glance: { …line, stykker: [{ tekst, fra }] }. */
export function readLines(root = document) {
  const lines = JSON.parse(root.querySelector("[data-replikker]").textContent);
  return lines.map((line) => ({ ...line, stykker: pieces(line) }));
}

/** The number of the line that is said at `ms`, or was said last; -1 before the first. */
export function lineAt(lines, ms) {
  return lines.findLastIndex((line) => line.fra <= ms);
}

/** The number of the piece of a line that is said at `ms`. */
export function pieceAt(line, ms) {
  return Math.max(0, line.stykker.findLastIndex((piece) => piece.fra <= ms));
}

/** Cut where one draws breath; a piece begins when the words before it have been said. */
function pieces({ tekst, fra, til }) {
  const found = [];
  for (const part of tekst.split(/(?<=[.?!,:]) /)) {
    const last = found.at(-1);
    if (last && last.length + part.length < PIECE) found[found.length - 1] = `${last} ${part}`;
    else found.push(part);
  }
  let said = 0;
  return found.map((words) => {
    const piece = { tekst: words, fra: fra + ((til - fra) * said) / tekst.length };
    said += words.length + 1;
    return piece;
  });
}
