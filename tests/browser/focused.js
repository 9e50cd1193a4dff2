// Where the focus is and how it got there, run in the page by test_keyboard_road.py; null where it is nowhere.

() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const before = window.beforeFocus;
  window.beforeFocus = one;
  const labels = [...(one.labels ?? [])];
  const near = [one, ...labels, one.parentElement].filter(Boolean);
  const gone = !before?.isConnected || before === one || !before.checkVisibility({ visibilityProperty: true });
  const old = gone || isFirst(one) ? null : before.getBoundingClientRect();
  const box = one.getBoundingClientRect();
  const inFrame = one.closest("header, dialog") || before?.closest("header, dialog");
  return {
    words: plain(labels.map((label) => label.innerText).join(" ") || one.ariaLabel || one.innerText || one.value || ""),
    tag: one.tagName,
    group: one.type === "radio" ? [...document.getElementsByName(one.name)].map((radio) => plain(radio.labels[0]?.innerText ?? "")) : [],
    leaves: one.matches("a[href]:not([href^='#']), form button:is([type=submit], :not([type]))"),
    visible: one.checkVisibility({ visibilityProperty: true }) && near.some(isOnScreen),
    marked: isPartOf(one, before) || one.matches(":focus-visible") && near.some((part) => [null, "::before", "::after"].some((of) => isRinged(part, of))),
    from: plain(before?.innerText ?? ""),
    backwards: Boolean(old && before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING),
    jumped: Boolean(old && !inFrame && box.bottom < old.top - 8 && box.left < old.right - 8),
  };

  function plain(text) {
    return text.replaceAll("\u00ad", "").replace(/\s+/g, " ").trim();
  }

  /** From the last one on the page the focus comes round to the first. */
  function isFirst(it) {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
    return all.find((other) => !other.disabled && other.type !== "hidden" && other.checkVisibility({ visibilityProperty: true })) === it;
  }

  /** Day, month, year and calendar of one field for a date: the browser marks each of them itself. */
  function isPartOf(it, previous) {
    return it === previous && /^(date|time)$/.test(it.type);
  }

  function isOnScreen(part) {
    const { width, height, bottom, top } = part.getBoundingClientRect();
    return width > 3 && height > 3 && bottom > 0 && top < innerHeight + 1;
  }

  function isRinged(part, of) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part, of);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  }
};
