// The server's own search as one types: its list takes the place of the one shown, so that it forgives what the server
// forgives. Without this module the search button asks for the whole page.

const search = document.querySelector("[data-soeg]");
const answer = document.querySelector("[data-soeg-svar]");
const IDLE_MS = 250;
const NOT_ASKED = "Der er ingen forbindelse lige nu, så der er ikke søgt. Prøv igen om lidt.";
let waiting = 0;
let running = null;
let shown = search.elements.soeg.value.trim();

/** Ask the server, and show what it found. A newer question calls the older one off. */
async function ask(text) {
  running?.abort();
  running = new AbortController();
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.set("soeg", text);
  try {
    const response = await fetch(address, { signal: running.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    show(text, page.querySelector("[data-soeg-liste]"));
  } catch (problem) {
    if (problem.name !== "AbortError") answer.textContent = NOT_ASKED;
  }
}

function show(text, fresh) {
  if (!fresh) return search.submit(); // signed out, or locked meanwhile: the page itself says so
  document.querySelector("[data-soeg-liste]").replaceWith(fresh);
  shown = text;
  answer.textContent = fresh.querySelector("[data-soeg-antal]")?.firstChild.textContent.trim() ?? "";
  return undefined;
}

function typed(delay) {
  clearTimeout(waiting);
  const text = search.elements.soeg.value.trim();
  if (text !== shown) waiting = setTimeout(() => ask(text), delay);
  else running?.abort(); // Back to what is shown: an answer under way is to another question.
}

search.elements.soeg.addEventListener("input", () => typed(IDLE_MS));
search.addEventListener("submit", (event) => {
  event.preventDefault();
  typed(0);
});
