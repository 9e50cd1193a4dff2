// What is written together, drawn large: planchen, lykkes bedre and tjek ud. Draws only what has changed.

const FULL = [500, 1200, 2600];

/** root: the element that holds the fields and boxes; board: what stands there. */
export function draw(root, board) {
  for (const felt of root.querySelectorAll("[data-felt]")) {
    list(felt.querySelector("[data-sedler]"), board.under(felt.dataset.felt, []).map(({ tekst, ejer, ejer_navn }) => [tekst, ejer ? ejer_navn : ""]));
  }
  for (const box of root.querySelectorAll("[data-boks]")) {
    list(box.querySelector("[data-synlige]"), (board.tjek_ud.synlige[box.dataset.boks] ?? []).map(({ tekst, navn }) => [tekst, navn]));
  }
  const number = root.querySelector("[data-stor-tal]");
  if (number) {
    number.hidden = !board.tal;
    const words = number.querySelector("[data-stor-tal-ord]");
    if (words.textContent !== String(board.tal ?? "")) words.textContent = board.tal ?? "";
  }
  fit(root.querySelector("[data-planche-skaerm]"));
}

function list(ul, lines) {
  const wanted = lines.map(([tekst, navn]) => (navn ? `${tekst} (${navn})` : tekst));
  if (ul.children.length === wanted.length && wanted.every((words, place) => ul.children[place].textContent === words)) return;
  ul.replaceChildren(...wanted.map((words) => {
    const li = document.createElement("li");
    li.textContent = words;
    return li;
  }));
}

/** The fuller planchen is, the smaller its type; as Tavle.taethed on the server. */
function fit(planche) {
  if (!planche) return;
  const chars = [...planche.querySelectorAll("li")].reduce((sum, { textContent }) => sum + textContent.length + 40, 0);
  for (const n of [1, 2, 3, 4]) planche.classList.toggle(`stor-planche--${n}`, n === 1 + FULL.filter((limit) => chars > limit).length);
}
