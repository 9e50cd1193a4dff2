// What somebody is writing stays where it is when the scene around it is drawn anew: fields marked data-behold, by id.

/** The words in the scene's fields that the server does not know yet, and where the cursor is. */
export function husk(scene) {
  const felter = [...scene.querySelectorAll("[data-behold]")].filter((felt) => felt.value !== felt.defaultValue);
  return felter.map(({ id, value, selectionStart, selectionEnd }) => ({ id, value, fra: selectionStart, til: selectionEnd }));
}

/** Put them back into the new scene; a field that is not there any more has had its step. */
export function laegTilbage(skrevet) {
  for (const { id, value, fra, til } of skrevet) {
    const felt = document.getElementById(id);
    if (!felt) continue;
    felt.value = value;
    felt.setSelectionRange(fra, til);
  }
}
