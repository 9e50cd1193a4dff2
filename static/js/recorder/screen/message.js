// When there is no recorder to show: what is the matter, and what can be done; without a net, the samtaler that this
// device can open.

import { ADRESSER } from "../api.js";
import { clockTime } from "../words.js";

const DAY = new Intl.DateTimeFormat("da-DK", { weekday: "long", day: "numeric", month: "long", timeZone: "Europe/Copenhagen" });
const WORDS = {
  uden_net: ["Du er uden net", "Optageren virker også uden net, når samtalen har været åbnet på enheden før."],
  findes_ikke: ["Den optager findes ikke", "Måske er den ikke din, eller også er adressen forkert."],
  ikke_klar: ["Optageren er ikke klar endnu", ""],
};

/** besked: a key of WORDS; fejl: the server's own words; adresse: where to mend it; kept: [{ kontrakt, skaerm }]. */
export function showMessage(root, { besked, fejl = "", adresse = "", kept = [] }) {
  const find = (name) => root.querySelector(`[data-message-${name}]`);
  const [heading, words] = WORDS[besked];
  root.dataset.state = "besked";
  root.querySelector("[data-part=skaerm]").hidden = true;
  root.querySelector("[data-part=besked]").hidden = false;
  find("heading").textContent = heading;
  find("words").textContent = fejl || words;
  find("mend").hidden = !adresse;
  if (adresse) find("mend").href = adresse;
  const offered = besked === "uden_net" ? kept : [];
  find("kept").hidden = offered.length === 0;
  find("list").replaceChildren(...offered.map(link));
  find("heading").focus();
}

function link({ kontrakt, skaerm: { samtaletype, starter_at } }) {
  const [item, anchor] = [document.createElement("li"), document.createElement("a")];
  const at = Date.parse(starter_at);
  anchor.href = ADRESSER.optager(kontrakt);
  anchor.textContent = `${samtaletype}, ${DAY.format(at)} ${clockTime(at)}`;
  item.append(anchor);
  return item;
}
