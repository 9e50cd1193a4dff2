// The page before the start: who is observed, what they want watched, and what was agreed. Only the server knows it; on a
// device without a net it says what can be said without names.

import { ADRESSER } from "../api.js";
import { clockTime } from "../words.js";
import { putInWords } from "./ord.js";

/** start: { fokusperson, fokus, udenfor, plads, praesentation, borger_ja } or null when it came from the device. */
export function fillStart(root, kontrakt, { laengde_min, starter_at, samtaletype, ord }, start) {
  putInWords(ord);
  const find = (name) => root.querySelector(`[data-start-${name}]`);
  const who = start?.fokusperson;
  find("heading").textContent = who ? `Du observerer ${who}` : `${samtaletype}, ${clockTime(Date.parse(starter_at))}`;
  find("when").textContent = start?.hvornaar ?? `${laengde_min} min.`;
  find("focus").hidden = !start?.fokus.length;
  find("focus-heading").textContent = who ? `${who} vil gerne, at du lægger mærke til` : "";
  find("focus-list").replaceChildren(...(start?.fokus ?? []).map(listItem));
  for (const name of ["udenfor", "plads", "praesentation"]) {
    find(name).hidden = !start?.[name];
    find(name).querySelector("[data-words]").textContent = start?.[name] ?? "";
  }
  find("ask").hidden = !start || start.borger_ja !== null;
  find("ask").querySelector("a").href = ADRESSER.aftaler(kontrakt);
  find("offline").hidden = start !== null;
  find("kontrakt").href = ADRESSER.kontrakt(kontrakt);
  find("device").href = ADRESSER.anden_enhed(kontrakt);
  find("device").hidden = !start?.anden_enhed;
  root.querySelector("[data-end-feedback]").href = ADRESSER.observation(kontrakt);
}

/** Say before the start that the device has next to no room left. */
export function sayLittleRoom(root, { little }) {
  root.querySelector("[data-start-room]").hidden = !little;
}

function listItem(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}
