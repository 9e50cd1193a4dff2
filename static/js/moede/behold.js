// What somebody is writing or choosing stays where it is when the scene around it is drawn anew, by id: fields marked
// data-behold, and what was unfolded.

/** What the scene holds that the server does not know: words, choices, where the cursor is, what is unfolded. */
export function husk(scene) {
  const felter = [...scene.querySelectorAll("[data-behold]")].filter((felt) => felt.value !== (felt.defaultValue ?? ""));
  const aabne = [...scene.querySelectorAll("details[open][id]")].map(({ id }) => id);
  return { aabne, felter: felter.map(({ id, value, selectionStart, selectionEnd }) => ({ id, value, fra: selectionStart, til: selectionEnd })) };
}

/** Put it back into the new scene; a field that is not there any more has had its step. */
export function laegTilbage({ aabne, felter }) {
  for (const id of aabne) document.getElementById(id)?.setAttribute("open", "");
  for (const { id, value, fra, til } of felter) {
    const felt = document.getElementById(id);
    if (!felt) continue;
    felt.value = value;
    if (fra !== undefined) felt.setSelectionRange(fra, til);
  }
}
