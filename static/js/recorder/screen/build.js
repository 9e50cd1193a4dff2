// The screen's parts, made from what the kontrakt agreed: phases with their elements, parties, tiles. The markup stands in
// the page's templates; words are put in as text.

const LETTERS = "qwertyasdfhjkzxcvbnm";

/** skaerm: { faser, parter, navne, kendetegn, laengde_min }, as the server gives it. */
export function buildScreen(root, { faser, parter, navne, kendetegn }) {
  fill(root, "faser", faser, "fase", (button, fase, place) => {
    button.classList.add(`kind-${fase.niveau}`);
    label(button, "fase", fase.kode, fase.navn);
    button.setAttribute("aria-keyshortcuts", String(place + 1));
  });
  const elements = faser.flatMap((fase) => fase.elementer.map((element) => ({ ...element, fase })));
  fill(root, "chips", elements, "element", (chip, { kode, navn, fase }) => {
    label(chip, "element", kode, navn);
    chip.title = `${fase.navn}: ${navn}`;
    chip.dataset.of = fase.kode;
    chip.hidden = fase !== elements[0].fase;
  });
  const talk = fill(root, "talk", parter, "part", (button, kode) => {
    button.classList.add(`kind-${kode}`);
    label(button, "taler", kode, navne.taler[kode]);
  });
  talk.dataset.parties = parter.length;
  fill(root, "shares", parter, "andel", (share, kode) => {
    share.classList.add(`kind-${kode}`);
    share.dataset.share = kode;
  });
  fill(root, "tiles", kendetegn, "kendetegn", buildTile);
  root.querySelector("[data-tiles-none]").hidden = kendetegn.length > 0;
}

function buildTile(box, { kode, kort, tekst }, place) {
  const tile = box.querySelector("[data-spor]");
  label(tile, "faerdighed", kode, kort);
  tile.title = tekst;
  tile.dataset.key = LETTERS[place];
  tile.querySelector("[data-key-letter]").textContent = LETTERS[place].toUpperCase();
  tile.setAttribute("aria-keyshortcuts", LETTERS[place]);
  const list = box.querySelector("[data-act=vis_kryds]");
  list.dataset.of = kode;
  list.setAttribute("aria-label", `Se kryds: ${kort}`);
}

function label(button, spor, kode, words) {
  Object.assign(button.dataset, { spor, kode });
  button.querySelector("[data-name]").textContent = words;
}

/** Put one copy of a template into the group for each of these; returns the group. */
function fill(root, group, ones, template, draw) {
  const place = root.querySelector(`[data-${group}]`);
  const copy = document.querySelector(`template[data-template=${template}]`).content.firstElementChild;
  for (const [index, one] of ones.entries()) {
    const made = copy.cloneNode(true);
    draw(made, one, index);
    place.append(made);
  }
  return place;
}
