// Draws every chart on the page: [data-chart] names the JSON block with the figure (see components/chart.html).
// plotly.js is fetched once, from the address in data-plotly on the style sheet link (see layouts/_charts.html).
// Nothing leaves the page: no cloud button, no server address, no logo.

const CONFIG = {
  showSendToCloud: false, plotlyServerURL: "", displaylogo: false, displayModeBar: false, responsive: true, locale: "da",
};
const DANISH = {
  moduleType: "locale",
  name: "da",
  dictionary: {},
  format: {
    days: ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
    shortDays: ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
    months: ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"],
    shortMonths: ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    date: "%d.%m.%Y", dateTime: "%-d. %B %Y kl. %H.%M", time: "%H.%M",
    year: "%Y", month: "%b %Y", dayMonth: "%-d. %b", dayMonthYear: "%-d. %b %Y",
  },
};
const KINDS = ["--medarbejder", "--borger", "--proces", "--indhold", "--tredje", "--faerdighed"];

function loadPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.getElementById("plotly.js-style-global").dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("plotly.js kunne ikke hentes"));
    document.head.append(script);
  });
}

/** Return a copy of a figure part with every "var(--token)" replaced by that colour in the theme shown now. */
function withColours(part, token) {
  if (typeof part === "string") return part.replace(/^var\((--[a-z0-9-]+)\)$/, (_, name) => token(name));
  if (Array.isArray(part)) return part.map((item) => withColours(item, token));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withColours(value, token)]));
}

function axis(key, given = {}, token) {
  return {
    gridcolor: token("--linje-svag"), linecolor: token("--linje"), zerolinecolor: token("--linje"), automargin: true, fixedrange: true,
    showspikes: false, separatethousands: key.startsWith("y"),
    ...(given.type === "date" ? { hoverformat: "%-d. %B %Y" } : {}), ...given,
  };
}

/** Lay the house's look under the figure's own layout: what the figure says itself wins. */
function layoutFor(figure, token) {
  const layout = withColours(figure.layout ?? {}, token);
  const axes = Object.fromEntries(
    ["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key))].map((key) => [key, axis(key, layout[key], token)]),
  );
  const lying = figure.data.some((trace) => trace.orientation === "h");
  return {
    separators: ",.", paper_bgcolor: "transparent", plot_bgcolor: "transparent", colorway: KINDS.map(token), dragmode: false,
    margin: { t: 16, r: 16, b: 40, l: 48 }, bargap: 0.35, legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" }, hovermode: lying ? "y unified" : "x unified",
    ...layout,
    font: { family: '"IBM Plex Sans", sans-serif', size: 14, color: token("--tekst"), ...layout.font },
    hoverlabel: { bgcolor: token("--bg"), bordercolor: token("--linje"), font: { color: token("--tekst") }, ...layout.hoverlabel },
    ...axes,
  };
}

function draw(Plotly, canvas) {
  const styles = getComputedStyle(document.documentElement);
  const token = (name) => styles.getPropertyValue(name).trim();
  const figure = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  canvas.hidden = false;
  const paper = "printing" in document.documentElement.dataset ? { width: canvas.clientWidth, height: canvas.clientHeight } : {};
  return Plotly.react(canvas, withColours(figure.data, token), { ...layoutFor(figure, token), ...paper }, CONFIG);
}

async function start() {
  const canvases = [...document.querySelectorAll("[data-chart]")];
  if (canvases.length === 0) return;
  const Plotly = await loadPlotly();
  Plotly.register(DANISH);
  const drawAll = () => Promise.all(canvases.map((canvas) => draw(Plotly, canvas)));
  document.addEventListener("theme-change", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  printInLight(drawAll);
  await drawAll();
  document.documentElement.dataset.charts = "drawn";
}

/** Paper is white: draw in the light theme while printing, in the sizes that a page's style gives :root[data-printing]. */
function printInLight(drawAll) {
  const root = document.documentElement;
  let chosen;
  addEventListener("beforeprint", () => {
    chosen = root.dataset.theme;
    Object.assign(root.dataset, { theme: "light", printing: "" });
    drawAll();
  });
  addEventListener("afterprint", async () => {
    delete root.dataset.printing;
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    await drawAll();
    dispatchEvent(new Event("resize"));
  });
}

start();
