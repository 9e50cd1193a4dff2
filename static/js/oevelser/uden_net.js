// Without a connection a form is not sent away into nothing: what is written stays, and one is told calmly.

const linje = document.querySelector("[data-uden-net]");

document.addEventListener("submit", (haendelse) => {
  if (navigator.onLine) return;
  haendelse.preventDefault();
  linje.hidden = false;
  linje.scrollIntoView({ block: "nearest" });
});
window.addEventListener("online", () => (linje.hidden = true));
