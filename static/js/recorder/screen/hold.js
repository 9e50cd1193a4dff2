// A hold is a press that lasts: half a second on a field, or Shift+Enter, the menu key, the right button. It is never
// also a tap: after a hold no click counts until something new is pressed.

const HOLD_MS = 500;
const STILL_PX = 14;
const HOLDS = "[data-spor=taler], [data-spor=fase], [data-spor=ugu], [data-spor=faerdighed]";

/** held(field, heldMs): called once a hold; heldMs is how long ago the press began. */
export function listenToHolds(held) {
  let press = null;

  function hold(field, by) {
    clearTimeout(by?.timer);
    if (by) by.held = true;
    if (by) field.blur();
    held(field, by ? performance.now() - by.at : 0);
  }

  document.addEventListener("pointerdown", (event) => {
    clearTimeout(press?.timer);
    press = null;
    const field = event.target.closest(HOLDS);
    if (!field || event.button !== 0 || !event.isPrimary) return;
    const mine = { held: false, at: performance.now(), x: event.clientX, y: event.clientY };
    mine.timer = setTimeout(() => hold(field, mine), HOLD_MS);
    press = mine;
  });

  document.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (press && Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) clearTimeout(press.timer);
  });

  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => clearTimeout(press?.timer));
  }

  document.addEventListener("contextmenu", (event) => {
    const field = event.target.closest(HOLDS);
    if (!field) return;
    event.preventDefault();
    if (!press?.held) hold(field, press);
  });

  document.addEventListener("keydown", (event) => {
    press = null;
    const field = event.shiftKey && event.key === "Enter" && !event.repeat && event.target.closest(HOLDS);
    if (!field) return;
    event.preventDefault();
    hold(field, null);
  });

  document.addEventListener("click", (event) => {
    if (!press?.held || event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}
