// How the recorder finds what it shows: from the server where there is a net, else from what this device kept when the
// kontrakt was last opened on it. What only the server may show (names, the focus) is never kept. No DOM but the address.

import { ADRESSER, Api } from "./api.js";
import { forgetWho, remember, whoIsHere } from "./device.js";
import { Sealer } from "./seal.js";
import { openStore } from "./store.js";

const PATIENCE_MS = 1_500;
const KONTRAKT = /^\/optager\/([0-9a-f-]{36})$/i;

/** The kontrakt that the page's address names, or null. */
export function kontraktOf(path) {
  return KONTRAKT.exec(path)?.[1].toLowerCase() ?? null;
}

/**
 * What to begin with: { person, skaerm, start, log, store, late } or { besked, fejl, adresse } or { videre: address }.
 * start and log are null when they come from the device alone; late is then a promise of the server's answer.
 */
export async function openKontrakt(kontrakt) {
  const asked = new Api(kontrakt).open();
  const device = await fromDevice(kontrakt);
  const answer = await (device ? Promise.race([asked, patience(device.begun)]) : asked);
  if (answer?.status === 200) return fromServer(kontrakt, answer.data, device);
  const refused = answer && [401, 404, 409].includes(answer.status);
  if (device && (!refused || device.begun)) return { ...device, start: null, log: null, late: asked };
  return closed(kontrakt, answer);
}

/** The screens that this device can open without a net: [{ kontrakt, skaerm }], none when nobody is known here. */
export async function listKept() {
  const person = await whoIsHere();
  const store = person && (await openStore(person).catch(() => null));
  return store ? store.screens() : [];
}

/** Keep what a recorder shows, so that it opens without a net. data: the server's answer to `open`. */
export async function keep(kontrakt, data, store) {
  await remember(data.person);
  await store?.putScreen(kontrakt, data.skaerm).catch(() => {});
}

/** What seals the notes of this samtale. */
export function sealerOf(skaerm, kontrakt) {
  return new Sealer(skaerm.forsegling, kontrakt);
}

async function fromServer(kontrakt, data, device) {
  const same = device && device.person === data.person;
  const store = same ? device.store : await openStore(data.person).catch(() => null);
  if (data.videre) {
    await remember(data.person);
    return { videre: data.videre };
  }
  await keep(kontrakt, data, store);
  return { person: data.person, skaerm: data.skaerm, start: data.start, log: data.log, store, late: null };
}

async function fromDevice(kontrakt) {
  const person = await whoIsHere();
  const store = person && (await openStore(person).catch(() => null));
  const skaerm = store && (await store.screen(kontrakt));
  if (!skaerm) return null;
  return { person, skaerm, store, begun: (await store.load(kontrakt)).startet_at !== null };
}

/** A samtale that runs comes back at once; else the server gets a moment to answer first. */
function patience(begun) {
  return new Promise((done) => setTimeout(done, begun ? 0 : PATIENCE_MS));
}

async function closed(kontrakt, { status, data }) {
  if (status === 401) {
    await forgetWho();
    return { videre: `/log-ind?next=${ADRESSER.optager(kontrakt)}` };
  }
  if (status === 409) return { besked: "ikke_klar", fejl: data.fejl, adresse: ADRESSER.kontrakt(kontrakt) };
  if (status === 404) return { besked: "findes_ikke" };
  return { besked: "uden_net" };
}
