// The screen on the wall: the samtale line by line, big enough for the back row, and the buttons of whoever steers it.

import { Afspilning } from "./afspilning.js";
import { lineAt, pieceAt, readLines } from "./replikker.js";
import { clock } from "../recorder/words.js";

const DRAW_EVERY_MS = 200;
const root = document.querySelector("[data-skaerm]");
const find = (name) => root.querySelector(`[data-${name}]`);
const lines = readLines();
const spil = new Afspilning(root.dataset.skaerm);
let shown = "";
let leaving = false;

root.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-styr]");
  if (button) steer(button.dataset.styr);
});
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.target.closest("button, a, summary")) return;
  if (event.key === " ") steer(spil.begun && !spil.paused ? "pause" : spil.paused ? "genoptag" : "start");
  else if (event.key.toLowerCase() === "f") document.documentElement.requestFullscreen?.();
  else return;
  event.preventDefault();
});
setInterval(draw, DRAW_EVERY_MS);
spil.follow();

async function steer(handling) {
  const button = root.querySelector(`[data-styr=${handling}]`);
  if (!button || button.hidden) return;
  if (handling === "forfra" && !window.confirm(button.dataset.spoerg)) return;
  find("fejl").textContent = await spil.steer(handling);
  draw();
}

function draw() {
  const { data } = spil;
  find("uden-net").hidden = !spil.lost;
  if (!data || leaving) return;
  leaving = Boolean(data.videre || data.vist); // Once: going a second time begins the way anew, and it never comes to its end.
  if (data.videre) return location.replace(`${data.videre}/skaerm`);
  if (data.vist) return location.reload();
  root.dataset.tilstand = stateOf();
  find("tid").textContent = `${clock(Math.max(0, spil.now()))} af ${clock(data.varer_ms)}`;
  find("fremad").value = Math.max(0, spil.now()) / data.varer_ms;
  find("med").textContent = people(data);
  for (const button of root.querySelectorAll("[data-styr]")) button.hidden = !may(button.dataset.styr);
  say();
}

function stateOf() {
  if (spil.ended) return "slut";
  if (spil.paused) return "pause";
  if (spil.begun) return "i_gang";
  return spil.data.start_ms === null ? "klar" : "nedtaelling";
}

function may(handling) {
  const state = root.dataset.tilstand;
  if (handling === "vis") return state === "slut" && spil.data.faerdige >= spil.data.fra_tre;
  const when = { start: ["klar"], pause: ["i_gang"], genoptag: ["pause"], stop: ["i_gang", "pause"], forfra: ["i_gang", "pause", "slut"] };
  return when[handling].includes(state);
}

function people({ med, faerdige, fra_tre }) {
  if (root.dataset.tilstand !== "slut") return med === 1 ? "1 er med" : `${med} er med`;
  const wait = faerdige < fra_tre ? " Gruppens billede kræver mindst tre." : "";
  return `${faerdige} af ${med} er færdige.${root.dataset.gruppe ? wait : ""}`;
}

/** Draw the line and its piece when they change, so that a screen reader hears each piece once. */
function say() {
  const ms = spil.now();
  const place = spil.begun ? lineAt(lines, ms) : -1;
  const piece = place < 0 ? 0 : pieceAt(lines[place], ms);
  const state = root.dataset.tilstand;
  const count = state === "nedtaelling" ? String(Math.ceil(-ms / 1000)) : "";
  if (`${state}:${place}:${piece}:${count}` === shown) return;
  shown = `${state}:${place}:${piece}:${count}`;
  find("taeller").textContent = count;
  for (const name of ["klar", "slut"]) find(name).hidden = state !== name;
  find("replik").hidden = place < 0 || state === "slut";
  if (place < 0 || state === "slut") return;
  const line = lines[place];
  find("replik").className = `kal-replik kind-${line.kode}`;
  find("hvem").textContent = line.hvem;
  find("ord").replaceChildren(...line.stykker.map(({ tekst }, nr) => words(tekst, nr, piece)));
  find("foer").textContent = place > 0 ? `${lines[place - 1].hvem}: ${lines[place - 1].stykker.at(-1).tekst}` : "";
}

function words(text, nr, piece) {
  const span = document.createElement("span");
  span.className = nr < piece ? "kal-sagt" : nr > piece ? "kal-siden" : "kal-nu";
  span.textContent = `${text} `;
  return span;
}
