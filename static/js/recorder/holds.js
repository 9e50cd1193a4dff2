// What holding a field does: since when has it been running, or a note to a tick.

import { activeMs, prepare } from "./runs.js";
import { askForNote } from "./screen/dialogs.js";
import { askSince } from "./screen/since.js";
import { backdate, tapPoint } from "./taps.js";
import { eventWords } from "./words.js";

/** A state that began earlier. field: a button with data-spor and data-kode; began: when the press began, ms. */
export function askWhenItBegan(recorder, field, began) {
  const { spor, kode } = field.dataset;
  askSince(field, eventWords({ spor, kode }, recorder.data.navne), (agoMs) => {
    recorder.log(backdate(recorder.journal.events, spor, kode, Math.max(0, began - agoMs)));
  });
}

/** Ask for a note that belongs to a tick: it gets the tick's own time. */
export function askForNoteTo(recorder, tick) {
  const { journal, data } = recorder;
  const log = prepare(journal.events);
  const shown = activeMs(log, log.start, Math.max(log.start, tick.t_ms));
  const save = (text) => recorder.log(tapPoint(journal.events, "note", text, tick.t_ms));
  askForNote(shown, save, eventWords(tick, data.navne));
}
