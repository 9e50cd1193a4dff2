// The list of what has been logged: each event with its time, and what can be done to it.

import { mayChange } from "../history.js";
import { activeMs, prepare } from "../runs.js";
import { clock, eventWords } from "../words.js";
import { openDialog } from "./dialogs.js";

/**
 * Show a list. heading: words; rows(): from history.js `listed`, asked again after each change; events(): the log;
 * acts: [{ words, act(event) }], the buttons of each event that stands.
 */
export function showHistory({ heading, rows, events, names, acts }) {
  const dialog = openDialog("hvad_skete");
  const title = dialog.querySelector("[data-history-heading]");
  const list = dialog.querySelector("[data-history-list]");
  title.textContent = heading;
  const draw = () => {
    const log = prepare(events());
    const found = rows();
    dialog.querySelector("[data-history-none]").hidden = found.length > 0;
    list.replaceChildren(...found.map((one) => row(one, log, names, acts, done)));
  };
  const done = (act, event) => {
    const after = act.act(event) ?? event;
    draw();
    (list.querySelector(`[data-row="${after.id}"] [data-do="${act.words}"]`) ?? title).focus();
  };
  draw();
  title.focus();
}

function row({ event, gone }, log, names, acts, done) {
  const item = element("li", "rec-row");
  const words = eventWords(event, names);
  const time = clock(activeMs(log, log.start, Math.max(log.start, event.t_ms)));
  item.dataset.row = event.id;
  const what = element("span", "rec-row-what");
  what.append(element(gone ? "s" : "span", "", words), ` ${time}`);
  if (gone) what.append(element("em", "rec-row-gone", "taget tilbage"));
  item.append(what);
  if (gone || !mayChange(event)) return item;
  const buttons = element("span", "rec-row-acts");
  for (const act of acts) {
    const button = element("button", "rec-button", act.words);
    button.type = "button";
    button.dataset.do = act.words;
    button.setAttribute("aria-label", `${act.words}: ${words} ${time}`);
    button.onclick = () => done(act, event);
    buttons.append(button);
  }
  item.append(buttons);
  return item;
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
