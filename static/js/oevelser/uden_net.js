// Without a connection a form is not sent away into nothing: what is written stays, and one is told calmly.

document.addEventListener("submit", (haendelse) => {
  if (navigator.onLine) return;
  haendelse.preventDefault();
  const linje = document.querySelector("[data-moede-linje]");
  linje.textContent = "Ingen forbindelse lige nu. Det, du har skrevet, bliver stående. Prøv igen om lidt.";
  linje.hidden = false;
  linje.scrollIntoView({ block: "nearest" });
});
