// “Siden hvornår?”: a small dialog beside the field that was held.

import { openDialog } from "./dialogs.js";

const GAP_PX = 12;

/** Ask how long ago it began; chosen(ms) is called with the answer, or never. */
export function askSince(field, words, chosen) {
  const dialog = openDialog("siden");
  dialog.querySelector("[data-since-what]").textContent = words;
  for (const button of dialog.querySelectorAll("[data-since]")) {
    button.onclick = () => {
      dialog.close();
      chosen(Number(button.dataset.since) * 1000);
    };
  }
  placeBeside(dialog, field.getBoundingClientRect());
}

/** Above the field, so that the thumb does not cover it; else below; always whole on the screen. */
function placeBeside(dialog, field) {
  const { width, height } = dialog.getBoundingClientRect();
  const above = field.top - height - GAP_PX;
  const top = above >= GAP_PX ? above : Math.min(field.bottom + GAP_PX, innerHeight - height - GAP_PX);
  const left = Math.min(field.left + (field.width - width) / 2, innerWidth - width - GAP_PX);
  dialog.style.setProperty("top", `${Math.max(GAP_PX, top)}px`);
  dialog.style.setProperty("left", `${Math.max(GAP_PX, left)}px`);
}
