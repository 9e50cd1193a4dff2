// Drawing closer by hand: two fingers, or the wheel with Ctrl (which is also how a touchpad says two fingers).

export function followGestures(view) {
  let apart = 0;
  view.stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    view.zoom(view.factor * Math.exp(-event.deltaY / 200), event.clientX);
  }, { passive: false });
  view.stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (apart) view.zoom(view.factor * (now / apart), (a.clientX + b.clientX) / 2);
    apart = now;
  }, { passive: false });
  view.stage.addEventListener("touchend", () => { apart = 0; });
}
