// The lists of what has been logged: everything, or the ticks of one kendetegn. Both can be mended.

import { listed, moved } from "./history.js";
import { undoEvent } from "./log.js";
import { showHistory } from "./screen/history.js";

const STEP_MS = 5_000;

/** The ticks of one kendetegn, each of which can be taken back. */
export function showTicks(recorder, kode) {
  const { names, takeBack } = acting(recorder);
  show(recorder, names.faerdighed[kode] ?? kode, [takeBack], (e) => e.spor === "faerdighed" && e.kode === kode);
}

/** All events, newest first; each can be taken back or moved five seconds at a time. */
export function showRecent(recorder) {
  const { move, takeBack } = acting(recorder);
  show(recorder, "Det seneste", [move("−5 sek.", -STEP_MS), move("+5 sek.", STEP_MS), takeBack]);
}

function show({ journal, data }, heading, acts, wanted) {
  showHistory({
    heading,
    rows: () => listed(journal.events, wanted),
    events: () => journal.events,
    names: data.navne,
    acts,
  });
}

/** What the buttons do; each act gives the event that stands afterwards, if it is a new one. */
function acting(recorder) {
  const { journal, clock, data } = recorder;
  const move = (words, byMs) => ({
    words,
    act: (event) => {
      const added = moved(journal.events, event, event.t_ms + byMs, clock.now());
      recorder.log(added);
      return added.at(-1);
    },
  });
  const takeBack = {
    words: "Tag tilbage",
    act: (event) => recorder.log([undoEvent(journal.events, clock.now(), event)]),
  };
  return { names: data.navne, move, takeBack };
}
