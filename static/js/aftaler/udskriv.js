// The print button, where there is a printer to speak to.

for (const button of document.querySelectorAll("[data-udskriv]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
