// Averages and counts over time. Chart.js is loaded by a separate script and provides the global Chart.

import { cell, count, counted, decimal, number, span, timeOfDay } from "./format.js";
import { create, element, setText } from "./dom.js";
import { MOST_GROUPS, groupName } from "./groups.js";

export const WINDOW_MILLIS = 10_000;
export const SPAN_MILLIS = 600_000;
const AXIS_FONT = { size: 11 };

const charts = new Map();

/**
 * Shows the last ten minutes, or the ten minutes up to the newest event if that is older.
 *
 * @param windows the answer of /windows
 * @param names what the events call their columns
 */
export function showTimeline({ series, rest = [] }, nowMillis, aggregates, names) {
  const windows = [...series.flatMap((one) => one.windows), ...rest];
  const starts = windows.map((window) => Date.parse(window.start));
  element("averages-section").hidden = element("events-section").hidden = starts.length === 0;
  if (starts.length === 0) return;
  const newest = Math.max(...starts);
  const isRecent = nowMillis - newest < SPAN_MILLIS;
  const last = isRecent ? Math.max(newest, floor(nowMillis)) : newest;
  const grid = Array.from({ length: SPAN_MILLIS / WINDOW_MILLIS }, (_, i) => last - SPAN_MILLIS + (i + 1) * WINDOW_MILLIS);
  const when = isRecent ? "the last 10 minutes" : `10 minutes that ended ${span(nowMillis - newest)} ago`;
  showAverages(series, grid, when, aggregates, names);
  showEvents(windows, grid, when, newest, names);
}

const floor = (millis) => Math.floor(millis / WINDOW_MILLIS) * WINDOW_MILLIS;

/** The points of a grid; y is null where there is no window. */
function points(windows, grid, field) {
  const byStart = new Map(windows.map((window) => [Date.parse(window.start), window]));
  return grid.map((x) => ({ x, y: byStart.get(x)?.[field] ?? null, count: byStart.get(x)?.count ?? 0 }));
}

/** The range of all charts, in round numbers. */
function range(values, isBuiltIn) {
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  const step = isBuiltIn ? 10 : 10 ** Math.floor(Math.log10(highest - lowest || Math.abs(highest) || 1));
  const min = step * Math.floor(lowest / step);
  return { min, max: Math.max(step * Math.ceil(highest / step), min + step) };
}

function showAverages(series, grid, when, aggregates, names) {
  const { group, value, isBuiltIn } = names;
  const { perId, rest } = aggregates;
  const shown = series.slice(0, MOST_GROUPS);
  const field = value ? "mean" : "count";
  const noun = value ? "average" : "count";
  const format = isBuiltIn ? decimal : number;
  const valuesOf = (one) => one.windows.map((window) => window[field]).filter((y) => y != null);
  const means = shown.flatMap(valuesOf);
  const what = !value ? "Counts" : isBuiltIn ? "Averages" : `Averages of ${value}`;
  setText(element("averages-title"), group ? `${what} per ${group}` : what);
  const left = (isBuiltIn ? series.length : perId.length + (rest?.groups ?? 0)) - shown.length;
  const others = isBuiltIn ? `${left} more ids are` : `${rest?.groups === null ? "over " : ""}${counted(left, "more group")}`;
  setText(element("averages-note"),
    `10-second windows, ${when}, UTC; all with the same scale${left ? `; ${others} not shown` : ""}`);
  const list = element("averages");
  const shape = JSON.stringify(names);
  while (list.children.length > (list.dataset.shape === shape ? shown.length : 0)) dropLast(list);
  list.dataset.shape = shape;
  list.classList.toggle("named", !isBuiltIn);
  shown.forEach((one, index) => {
    const item = list.children[index] ?? list.appendChild(averagesItem(noun));
    const [name, box, latest] = item.children;
    const newest = format(one.windows.at(-1)?.[field]);
    const { text, title = isBuiltIn ? "" : text } = cell(groupName(one.id, names));
    setText(name, isBuiltIn ? `id ${text}` : text);
    name.title = title;
    setText(latest, newest);
    const isLast = index === shown.length - 1;
    item.className = isLast ? "with-axis" : "";
    const values = valuesOf(one);
    describe(box.firstChild, `${name.textContent}, ${when}: newest ${noun} ${newest}, lowest `
      + `${format(Math.min(...values))}, highest ${format(Math.max(...values))}`);
    const chart = charts.get(box.firstChild) ?? draw(box.firstChild, lineChart(names));
    chart.data.datasets[0].data = points(one.windows, grid, field);
    if (means.length) Object.assign(chart.options.scales.y, range(means, isBuiltIn));
    update(chart, grid, isLast);
  });
}

const averagesItem = (noun) =>
  create("li", {},
    create("span", { className: "name" }),
    create("div", { className: "line" }, create("canvas")),
    create("b", { className: "latest", title: `${noun === "count" ? "Count" : "Average"} of the newest window` }));

function dropLast(list) {
  const canvas = list.lastChild.querySelector("canvas");
  charts.get(canvas)?.destroy();
  charts.delete(canvas);
  list.lastChild.remove();
}

function showEvents(all, grid, when, newest, { isBuiltIn }) {
  const canvas = element("events");
  const totals = new Map();
  for (const window of all) {
    totals.set(window.start, (totals.get(window.start) ?? 0) + window.count);
  }
  const windows = [...totals].map(([start, total]) => ({ start, count: total }));
  setText(element("events-note"), `All ${isBuiltIn ? "ids" : "groups"} together, ${when}, UTC`);
  describe(canvas, `Events per 10 seconds, ${when}: at most ${count(Math.max(...totals.values()))}`);
  const chart = charts.get(canvas) ?? draw(canvas, barChart());
  chart.data.datasets[0].data = points(windows, grid, "count");
  chart.data.datasets[0].newest = newest;
  update(chart, grid, true);
}

function describe(canvas, label) {
  canvas.setAttribute("role", "img");
  if (canvas.getAttribute("aria-label") !== label) canvas.setAttribute("aria-label", label);
}

function draw(canvas, config) {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const chart = new Chart(canvas, config);
  charts.set(canvas, chart);
  return chart;
}

function update(chart, grid, showsTimes) {
  Object.assign(chart.options.scales.x, { min: grid[0] - WINDOW_MILLIS / 2, max: grid.at(-1) + WINDOW_MILLIS / 2 });
  chart.options.scales.x.ticks.display = showsTimes;
  chart.update("none");
}

/** A colour of the style sheet, which defines them for light and dark mode. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Marks the newest point, and points without neighbours, which a line would not show. */
const isMarked = ({ dataset, dataIndex }) => {
  const has = (index) => dataset.data[index]?.y != null;
  const isNewest = dataset.data.slice(dataIndex + 1).every((point) => point.y === null);
  return has(dataIndex) && !has(dataIndex + 1) && (isNewest || !has(dataIndex - 1));
};

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

const lineChart = ({ value, isBuiltIn }) => ({
  type: "line",
  data: {
    datasets: [{
      data: [],
      borderColor: () => colour("--accent"),
      backgroundColor: () => colour("--accent"),
      borderWidth: 1.5,
      pointRadius: (point) => (isMarked(point) ? 2.5 : 0),
      pointHoverRadius: 4,
      clip: 6,
    }],
  },
  options: options(({ raw }) => `${windowOf(raw)}  ${value ? `mean ${(isBuiltIn ? decimal : number)(raw.y)} of ` : ""}`
    + counted(raw.count, "event"), {
    ticks: { count: 2, ...(isBuiltIn ? {} : { callback: (y) => COMPACT.format(y) }), color: () => colour("--muted"), font: AXIS_FONT },
  }),
});

const barChart = () => ({
  type: "bar",
  data: {
    datasets: [{
      data: [],
      // The newest window is paler: the next batch may add events to it.
      backgroundColor: ({ raw, dataset }) => colour(raw?.x === dataset.newest ? "--accent-pale" : "--accent"),
      categoryPercentage: 1,
      barPercentage: 0.75,
    }],
  },
  options: options(({ raw, dataset }) =>
    `${windowOf(raw)}  ${counted(raw.count, "event")}${raw.x === dataset.newest ? " so far" : ""}`, {
    beginAtZero: true,
    ticks: { maxTicksLimit: 4, precision: 0, color: () => colour("--muted"), font: AXIS_FONT },
  }),
});

const windowOf = ({ x }) => `${timeOfDay(x)}–${timeOfDay(x + WINDOW_MILLIS)}`;

const options = (label, y) => ({
  animation: false,
  maintainAspectRatio: false,
  interaction: { mode: "index", intersect: false },
  plugins: {
    legend: { display: false },
    tooltip: { displayColors: false, animation: false, callbacks: { title: () => "", label } },
  },
  scales: {
    x: {
      type: "linear",
      offset: false,
      border: { display: false },
      grid: { display: false },
      ticks: {
        color: () => colour("--muted"),
        font: AXIS_FONT,
        maxRotation: 0,
        callback: (millis) => timeOfDay(millis).slice(0, 5),
      },
      afterBuildTicks: (axis) => (axis.ticks = evenMinutes(axis.min, axis.max)),
      // The same padding with and without tick labels, so that all charts line up.
      afterFit: (axis) => (axis.paddingLeft = axis.paddingRight = 16),
    },
    y: {
      border: { display: false },
      grid: { color: () => colour("--hairline"), drawTicks: false },
      afterFit: (axis) => (axis.width = 40),
      ...y,
    },
  },
});

function evenMinutes(min, max) {
  const step = 120_000;
  const ticks = [];
  for (let value = Math.ceil(min / step) * step; value <= max; value += step) ticks.push({ value });
  return ticks;
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((chart) => chart.update("none")));
