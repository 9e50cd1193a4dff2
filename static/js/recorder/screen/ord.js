// The page of the recorder is the same for everybody; what it says in the words of the kontrakt's organisation comes with the
// kontrakt. A kontrakt that the device kept before there were such words brings none: then the page's own stay.

/** ord: key of [data-ord] to the sentence that stands there. */
export function putInWords(ord = {}) {
  for (const place of document.querySelectorAll("[data-ord]")) {
    place.textContent = ord[place.dataset.ord] ?? place.textContent;
  }
}
