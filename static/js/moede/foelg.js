// Follow the meeting: ask where it is, draw the page's scene anew when it is somewhere else, and let the clock run.
// A page without a script shows the same and stands still. No connection: say so calmly, and come back by itself.

import { husk, laegTilbage } from "./behold.js";
import { Spoerger } from "./nu.js";
import { Tryk } from "./tryk.js";
import { Ur } from "./ur.js";

const LAENGST_MS = 8000;
const linje = document.querySelector("[data-moede-linje]");
const ur = new Ur(document);
const tryk = new Tryk();
let tegner = false;

const spoerger = new Spoerger(document.querySelector("[data-moede-nu]").dataset.moedeNu, {
  svar: (nu) => {
    sig("");
    ur.stil(nu);
    maerk(nu.her);
    if (!stemmer(nu)) tegn();
  },
  vaek: () => sig("Ingen forbindelse lige nu. Siden kommer med igen af sig selv."),
  ude: () => sig("Du er ikke med længere. Genindlæs siden, eller log ind igen."),
});

for (const knap of document.querySelectorAll("[data-fuld-skaerm]")) vis(knap);
spoerger.begynd();

/** Whether the page stands as it was made for where the meeting is: its scene, and on the facilitator's page who is here. */
function stemmer(nu) {
  const { scene, sceneHer } = document.querySelector("[data-scene]").dataset;
  return scene === nu.scene && (sceneHer === undefined || sceneHer === nu.her.join(" "));
}

/** Fetch the page again and put its scene in place of the one that stands. Its own address: this one may be a form's. */
async function tegn() {
  if (tegner) return;
  tegner = true;
  try {
    const adresse = document.querySelector("[data-scene]").dataset.sceneSide;
    const svar = await fetch(adresse, { headers: { Accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(LAENGST_MS) });
    const side = new DOMParser().parseFromString(await svar.text(), "text/html");
    const scene = side.querySelector("[data-scene]");
    if (!svar.ok || !scene) return;
    await tryk.sluppet();
    const valgt = document.activeElement?.id;
    const skrevet = husk(document.querySelector("[data-scene]"));
    document.querySelector("[data-scene]").replaceWith(document.adoptNode(scene));
    laegTilbage(skrevet);
    document.title = side.title;
    for (const knap of scene.querySelectorAll("[data-fuld-skaerm]")) vis(knap);
    if (valgt) document.getElementById(valgt)?.focus();
    ur.tegn();
  } catch {
    // The next answer tries again.
  } finally {
    tegner = false;
  }
}

function maerk(her) {
  for (const person of document.querySelectorAll("[data-person]")) {
    const maerke = person.querySelector("[data-er-her]");
    if (maerke) maerke.hidden = !her.includes(person.dataset.person);
  }
}

function sig(ord) {
  linje.hidden = !ord;
  if (linje.textContent !== ord) linje.textContent = ord;
}

function vis(knap) {
  if (!document.fullscreenEnabled) return;
  knap.hidden = Boolean(document.fullscreenElement);
  knap.addEventListener("click", () => document.documentElement.requestFullscreen().then(() => (knap.hidden = true)));
}
