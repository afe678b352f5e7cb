// Averages and counts over time. Chart.js is loaded by a separate script and provides the global Chart.

import { count, counted, decimal, span, timeOfDay } from "./format.js";
import { create, element, setText } from "./dom.js";

export const WINDOW_MILLIS = 10_000;
export const SPAN_MILLIS = 600_000;
/** Data from other sources may have any number of ids. */
const MAX_LINES = 12;
const AXIS_FONT = { size: 11 };

const charts = new Map();

/**
 * Shows the last ten minutes, or the ten minutes up to the newest event if that is older.
 *
 * @param series the series of /windows
 */
export function showTimeline(series, nowMillis) {
  const starts = series.flatMap((one) => one.windows).map((window) => Date.parse(window.start));
  element("averages-section").hidden = element("events-section").hidden = starts.length === 0;
  if (starts.length === 0) return;
  const newest = Math.max(...starts);
  const isRecent = nowMillis - newest < SPAN_MILLIS;
  const last = isRecent ? Math.max(newest, floor(nowMillis)) : newest;
  const grid = Array.from({ length: SPAN_MILLIS / WINDOW_MILLIS }, (_, i) => last - SPAN_MILLIS + (i + 1) * WINDOW_MILLIS);
  const when = isRecent ? "the last 10 minutes" : `10 minutes that ended ${span(nowMillis - newest)} ago`;
  showAverages(series, grid, when);
  showEvents(series, grid, when, newest);
}

const floor = (millis) => Math.floor(millis / WINDOW_MILLIS) * WINDOW_MILLIS;

/** The points of a grid; y is null where there is no window. */
function points(windows, grid, field) {
  const byStart = new Map(windows.map((window) => [Date.parse(window.start), window]));
  return grid.map((x) => ({ x, y: byStart.get(x)?.[field] ?? null, count: byStart.get(x)?.count ?? 0 }));
}

function showAverages(series, grid, when) {
  const shown = series.slice(0, MAX_LINES);
  const means = shown.flatMap((one) => one.windows).map((window) => window.mean).filter((mean) => mean != null);
  const min = 10 * Math.floor(Math.min(...means) / 10);
  const max = Math.max(10 * Math.ceil(Math.max(...means) / 10), min + 10);
  const left = series.length - shown.length;
  setText(element("averages-note"), `10-second windows, ${when}, UTC; all with the same scale` + (left ? `; ${left} more ids are not shown` : ""));
  const list = element("averages");
  while (list.children.length > shown.length) dropLast(list);
  shown.forEach((one, index) => {
    const item = list.children[index] ?? list.appendChild(averagesItem());
    const [name, box, latest] = item.children;
    const mean = one.windows.at(-1)?.mean;
    setText(name, `id ${one.id ?? "null"}`);
    setText(latest, decimal(mean));
    const isLast = index === shown.length - 1;
    item.className = isLast ? "with-axis" : "";
    const values = one.windows.map((window) => window.mean).filter((value) => value != null);
    describe(box.firstChild, `id ${one.id}, ${when}: newest average ${decimal(mean)}, lowest `
      + `${decimal(Math.min(...values))}, highest ${decimal(Math.max(...values))}`);
    const chart = charts.get(box.firstChild) ?? draw(box.firstChild, lineChart());
    chart.data.datasets[0].data = points(one.windows, grid, "mean");
    if (means.length) Object.assign(chart.options.scales.y, { min, max });
    update(chart, grid, isLast);
  });
}

const averagesItem = () =>
  create("li", {},
    create("span", { className: "name" }),
    create("div", { className: "line" }, create("canvas")),
    create("b", { className: "latest", title: "Average of the newest window" }));

function dropLast(list) {
  const canvas = list.lastChild.querySelector("canvas");
  charts.get(canvas)?.destroy();
  charts.delete(canvas);
  list.lastChild.remove();
}

function showEvents(series, grid, when, newest) {
  const canvas = element("events");
  const totals = new Map();
  for (const window of series.flatMap((one) => one.windows)) {
    totals.set(window.start, (totals.get(window.start) ?? 0) + window.count);
  }
  const windows = [...totals].map(([start, total]) => ({ start, count: total }));
  setText(element("events-note"), `All ids together, ${when}, UTC`);
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

const lineChart = () => ({
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
  options: options(({ raw }) => `${windowOf(raw)}  mean ${decimal(raw.y)} of ${counted(raw.count, "event")}`, {
    ticks: { count: 2, color: () => colour("--muted"), font: AXIS_FONT },
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
