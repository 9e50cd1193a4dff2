// What a page is held to, run in it by every_page.py: { axe, measure, still, spacing, large, openAll … }.

({
  /** What axe finds: WCAG 2.0 and 2.1, A and AA, contrast and all; or one of its rules. */
  async axe(only) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
    const rules = only
      ? { type: "rule", values: [only] }
      : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.map(({ id, nodes: [first, ...more] }) => {
      return `${id} (${more.length + 1}): ${first.html.slice(0, 160)} ${first.any[0]?.message ?? ""}`;
    });
  },

  /** What scrolls sideways, is cut off or lies outside. A table or a drawing may scroll in a frame of its own. */
  async measure() {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
    const root = document.documentElement;
    const found = new Set();
    if (root.scrollWidth > root.clientWidth + 1) found.add(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
    const wanted = "a[href], button, select, input, textarea, summary, label, legend, h1, h2, h3, h4, p, li, dt, dd";
    for (const one of document.querySelectorAll(wanted)) {
      const problem = isShown(one) && (cutItself(one) ?? cutByOthers(one));
      if (problem) found.add(`${problem}: ${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 40)}”`);
    }
    return [...found].slice(0, 6);

    function isShown(one) {
      const { width, height } = one.getBoundingClientRect();
      const there = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return width > 2 && height > 2 && there && !one.closest(".sr-only, .skipnav, svg, [aria-hidden=true]");
    }

    function cuts(overflow) {
      return overflow === "hidden" || overflow === "clip";
    }

    function cutItself(one) {
      if (one.matches("input, select, textarea")) return null;
      const { overflowX, overflowY } = getComputedStyle(one);
      const [sideways, below] = [one.scrollWidth > one.clientWidth + 2, one.scrollHeight > one.clientHeight + 3];
      return (cuts(overflowX) && sideways) || (cuts(overflowY) && below) ? "cut" : null;
    }

    function cutByOthers(one) {
      const box = one.getBoundingClientRect();
      for (let around = one.parentElement; around && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const frame = around.getBoundingClientRect();
        if (/auto|scroll/.test(overflowX) || frame.width < 2) return null;
        const sideways = cuts(overflowX) && (box.right > frame.right + 2 || box.left < frame.left - 2);
        if (sideways || (cuts(overflowY) && box.bottom > frame.bottom + 3)) return `cut by ${around.className}`;
      }
      return box.right > innerWidth + 1 || box.left < -1 ? "outside" : null;
    }
  },

  /** Colours change at once: axe is not to look in the middle of a transition. */
  still() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },

  /** Whether there is a form that can be sent without a word in it; then `sendEmpty` sends it. */
  canSendEmpty() {
    const forms = [...document.querySelectorAll("main form[method=post]:not([data-sign-out])")];
    const typed = "textarea, input:not([type]), input[type=text], input[type=password], input[type=email]";
    window.toSend = forms.find((form) => form.checkVisibility() && form.querySelector(typed));
    return Boolean(window.toSend);
  },

  sendEmpty() {
    const kept = "[type=hidden], [type=checkbox], [type=radio], [type=submit], [type=file]";
    for (const one of window.toSend.querySelectorAll(`textarea, input:not(${kept})`)) one.value = "";
    HTMLFormElement.prototype.submit.call(window.toSend);
  },

  /** The spacing of WCAG 1.4.12, on or off. */
  spacing(on) {
    const sheet = (window.spaced ??= new CSSStyleSheet());
    const every = "line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important";
    sheet.replaceSync(on ? `* { ${every} } p { margin-bottom: 2em !important }` : "");
    document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, sheet])];
  },

  /** Text at so many times its size. */
  large(times) {
    const root = document.documentElement;
    root.style.fontSize = "";
    if (times !== 1) root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * times}px`;
  },

  /** Everything that folds out is out, but the menus that lie over the page. */
  openAll() {
    for (const one of document.querySelectorAll("details")) {
      one.removeAttribute("name");
      one.open = !one.hasAttribute("data-closes");
    }
  },
});
