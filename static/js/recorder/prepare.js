// On the pages that lead to a recorder: keep what it needs on the device, so that it opens without a net. An element with
// data-optager-klar="<kontrakt>" asks for it.

import { Api } from "./api.js";
import { keepOpenWithoutNet } from "./install.js";
import { keep } from "./opening.js";
import { openStore } from "./store.js";

/** Fetch and keep the screens of these kontrakter. What cannot be had now is had when the recorder is opened. */
export async function prepare(kontrakter) {
  await keepOpenWithoutNet();
  for (const kontrakt of kontrakter) {
    const { status, data } = await new Api(kontrakt).open();
    if (status !== 200 || data.videre) continue;
    const store = await openStore(data.person).catch(() => null);
    await keep(kontrakt, data, store);
    store?.close();
  }
}
