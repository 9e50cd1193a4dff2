/**
 * Swapping in the pairs of a round: whoever is chosen in one place leaves the place where they stood, and the one who
 * stood in the new place takes that. Without it the same can be done by choosing twice.
 */

const form = document.querySelector("[data-par]");

if (form) {
  const places = [...form.querySelectorAll("select")];
  const stood = new Map(places.map((place) => [place, place.value]));

  form.addEventListener("change", (event) => {
    const chosen = event.target;
    if (!stood.has(chosen)) return;
    const other = places.find((place) => place !== chosen && place.value === chosen.value && chosen.value);
    if (other) {
      other.value = stood.get(chosen);
      stood.set(other, other.value);
    }
    stood.set(chosen, chosen.value);
  });
}
