// The catalogue narrows as one types. Without this module the search button asks the server.

const search = document.querySelector("[data-soeg]");
const answer = document.querySelector("[data-soeg-svar]");

/** Text as it is compared: lower case, æ ø å as ae oe aa, no soft hyphens. */
function fold(text) {
  const plain = text.toLowerCase().replaceAll("\u00ad", "");
  return plain.replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa");
}

const methods = [...document.querySelectorAll("[data-metode]")].map((element) => ({
  element,
  about: fold(`${element.querySelector("h3").textContent} ${element.dataset.alias}`),
  items: [...element.querySelectorAll("[data-tegn]")].map((item) => ({
    item,
    words: fold(item.firstElementChild.textContent),
  })),
}));

function count(words) {
  let found = 0;
  for (const { element, about, items } of methods) {
    for (const { item, words: own } of items) {
      item.hidden = !words.every((word) => own.includes(word) || about.includes(word));
      found += !item.hidden;
    }
    element.hidden = items.every(({ item }) => item.hidden);
  }
  return found;
}

function narrow(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const found = count(words);
  for (const group of document.querySelectorAll("[data-kategori]")) {
    group.hidden = !group.querySelector("[data-metode]:not([hidden])");
    group.open = words.length > 0 && !group.hidden;
  }
  const number = found === 1 ? "Ét" : found || "Ingen";
  answer.textContent = words.length ? `${number} kendetegn fundet.` : "";
}

if (methods.length > 0) {
  search.querySelector("[data-soeg-knap]").hidden = true;
  search.elements.soeg.addEventListener("input", () => narrow(search.elements.soeg.value));
  search.addEventListener("submit", (event) => event.preventDefault());
  narrow(search.elements.soeg.value);
}
