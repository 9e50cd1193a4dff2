// Copies an invitation's link. Without the clipboard (plain http) the button stays away: the field can be marked by hand.

const told = document.querySelector("[data-copied]");

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.firstChild.data = "Kopieret";
  told.textContent = "Linket er kopieret.";
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button).catch(() => { told.textContent = "Det lykkedes ikke. Markér linket, og kopiér det selv."; }));
  }
}
