// Where the recorder begins: which kontrakt the address names, what there is to show, and the screen built from it.

import { askForRoom } from "./device.js";
import { keepOpenWithoutNet } from "./install.js";
import { kontraktOf, listKept, openKontrakt } from "./opening.js";
import { Recorder } from "./recorder.js";
import { buildScreen } from "./screen/build.js";
import { fillStart, sayLittleRoom } from "./screen/face.js";
import { showMessage } from "./screen/message.js";

const theme = /(?:^|; )tema=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
const root = document.querySelector("[data-recorder]");
const kontrakt = kontraktOf(location.pathname);
keepOpenWithoutNet();
if (kontrakt) await begin(kontrakt);
else showMessage(root, { besked: "uden_net", kept: await listKept() });

async function begin(kontrakt) {
  const opened = await openKontrakt(kontrakt);
  if (opened.videre) return location.replace(opened.videre);
  if (opened.besked) return showMessage(root, { ...opened, kept: await listKept() });
  buildScreen(root, opened.skaerm);
  fillStart(root, kontrakt, opened.skaerm, opened.start);
  const recorder = new Recorder(root, kontrakt, opened);
  await recorder.load();
  recorder.draw();
  await recorder.takeIn(opened.log);
  if (opened.late) await takeInLate(recorder, await opened.late);
  sayLittleRoom(root, await askForRoom());
}

/** The server answered after the screen was opened from the device; perhaps while somebody practises on it. */
async function takeInLate(recorder, { status, data }) {
  await recorder.practice.over();
  if (status === 401 || status === 404) return recorder.sync.now();
  if (status !== 200) return;
  if (data.videre) return leaveWhenSent(recorder, data.videre);
  const begun = recorder.journal.startet_at !== null;
  if (!begun && JSON.stringify(data.skaerm) !== JSON.stringify(recorder.data)) return location.reload();
  fillStart(root, recorder.journal.kontrakt, data.skaerm, data.start);
  await recorder.takeIn(data.log);
}

/** The samtale is over on the server: what is left here is sent first. */
async function leaveWhenSent(recorder, address) {
  recorder.sync.ending = true;
  await recorder.sync.now();
  if (!recorder.journal.counts.venter) location.replace(address);
}
