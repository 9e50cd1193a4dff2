// The kendetegn: their counts, and a short flash when one is ticked.

const FLASH_MS = 450;

export function tilesPiece(root, { navne }) {
  const tiles = [...root.querySelectorAll("[data-spor=faerdighed]")];
  const drawn = new Map(tiles.map((tile) => [tile, 0]));
  const lists = new Map(tiles.map((tile) => [tile, tile.parentElement.querySelector("[data-act=vis_kryds]")]));
  return ({ figures }) => {
    for (const tile of tiles) {
      const count = figures.faerdigheder[tile.dataset.kode] ?? 0;
      if (drawn.get(tile) === count) continue;
      drawn.set(tile, count);
      tile.querySelector("[data-count]").textContent = count;
      tile.querySelector("[data-count-words]").textContent = count ? `, ${count} kryds` : "";
      tile.classList.toggle("rec-tile--used", count > 0);
      lists.get(tile).hidden = count === 0;
      lists.get(tile).setAttribute("aria-label", `Se ${count} kryds: ${navne.faerdighed[tile.dataset.kode]}`);
    }
  };
}

/** Say with light (and a short buzz where there is one) that the tick was taken. */
export function flash(tile) {
  tile.classList.add("rec-tile--new");
  clearTimeout(Number(tile.dataset.flash));
  tile.dataset.flash = setTimeout(() => tile.classList.remove("rec-tile--new"), FLASH_MS);
  navigator.vibrate?.(12);
}
