// Everything that can happen to the recorder from outside: thumbs, keys, the net, and the page seen again.

import { closeDialogs } from "./dialogs.js";
import { listenToHolds } from "./hold.js";
import { listenToKeys } from "./keys.js";

/** recorder: its `acts`, `draw()` and `again()`. */
export function listen(recorder) {
  const { acts } = recorder;
  document.addEventListener("click", ({ target, timeStamp }) => {
    const button = target.closest("button");
    if (button?.dataset.spor) acts.press(button, timeStamp);
    else if (button?.dataset.act) acts.act(button.dataset.act, button.dataset.of);
    else if (button && "close" in button.dataset) closeDialogs();
  });
  listenToHolds((field, heldMs) => acts.hold(field, heldMs));
  listenToKeys(acts);
  const again = () => document.visibilityState !== "hidden" && recorder.again();
  for (const name of ["online", "focus"]) window.addEventListener(name, again);
  window.addEventListener("offline", () => recorder.draw());
  document.addEventListener("visibilitychange", again);
}
