// Start here: when each request is sent, and which part of the page shows its answer.

import { get } from "./api.js";
import { showTimeline } from "./charts.js";
import { showChecks, showDeepState } from "./checks.js";
import { create, element, icon, setText } from "./dom.js";
import { clock, count } from "./format.js";
import { Poll } from "./poll.js";
import { ROWS_CHECK, headline, overall, stateWithoutRows, verdict, withDeepFinding } from "./state.js";
import { groupsToShow, namesOf, showChoice } from "./groups.js";
import { showBatches, showColumns, showIds, showRows } from "./tables.js";
import { chosenRun, showRuns } from "./runs.js";

const DATA_MILLIS = 5_000;
/** Less often, since they list the folder and ask the broker. */
const CHECKS_MILLIS = 10_000;

/** The latest answers; undefined until the first one arrives. */
let known = {};
/** The last error message of each subject; empty if its last request succeeded. */
let troubles = new Map();
let announced = "";
/** Ends when another run is selected, and with it all requests for this one. */
let selection = new AbortController();

const ask = (path, parameters = {}) =>
  get(path, { run: chosenRun(), ...parameters }, selection.signal, showProgress);

/** Sends requests and shows the answers, unless another run was selected in the meantime. */
async function follow(subject, questions) {
  const { signal } = selection;
  let problem = "";
  const answers = await questions().catch((e) => (problem = e.message, {}));
  if (signal.aborted) return;
  troubles.set(subject, problem);
  Object.assign(known, answers);
  try {
    show();
  } catch (e) {
    // A script that could not be loaded, for example. What comes after it on the page is older than what comes before.
    showFault(`A part of this page can’t be shown (${e.message}). Reload the page.`);
    throw e;
  }
}

const trouble = () => [...troubles.values()].find(Boolean) ?? "";

const data = new Poll(() => follow("data", askForData), DATA_MILLIS);
const checks = new Poll(() => follow("checks", askForChecks), CHECKS_MILLIS);

/** Requests the details only if the totals have changed. */
async function askForData() {
  const aggregates = await ask("aggregates", { head: 0 });
  const groups = groupsToShow(aggregates);
  const version =
    JSON.stringify([aggregates.runs, aggregates.totalRows, aggregates.rejected, aggregates.files.total, groups]);
  const answers = { aggregates, receivedAt: performance.now() };
  const isOther = known.aggregates && aggregates.status !== known.aggregates.status;
  if (isOther || troubles.get("checks")) checks.now();
  if (version === known.version) return answers;
  const [windows, rows, batches, columns] = await Promise.all([
    ask("windows", { size: "10s", last: "10m", groups }),
    ask("rows", { last: 12 }),
    ask("batches", { last: 12 }),
    ask("columns"),
  ]);
  return { ...answers, version, windows, rows, batches, columns };
}

const askForChecks = async () => ({ validation: await ask("validation") });

/** The time by the validator's clock, which may differ from the browser's. */
const now = () => Date.parse(known.aggregates.asOf) + performance.now() - known.receivedAt;

/** By the browser's clock, so that a page that was left open shows a date once it shows data of another day. */
const today = () => new Date().toISOString();

const findings = () => withDeepFinding(known.validation?.checks ?? [], known.deep, today());

function show() {
  const problem = trouble();
  showTrouble(problem);
  if (!known.aggregates) return;
  const status = overall(known.aggregates, findings());
  showLoading(false);
  showState(status, problem);
  showRuns(known.aggregates);
  const { aggregates, windows, rows, batches, columns } = known;
  const names = namesOf(aggregates);
  const isEmpty = aggregates.totalRows === 0;
  element("guide").hidden = status !== "NO_DATA";
  element("timeline").hidden = isEmpty;
  element("rows-section").hidden = isEmpty;
  element("batches-section").hidden = batches.length === 0;
  element("checks-section").hidden = !known.validation || (isEmpty && status === "NO_DATA");
  showIds(aggregates, names);
  showChoice(aggregates, names);
  showRows(rows, aggregates.asOf, names);
  showBatches(batches, aggregates);
  showColumns(columns);
  if (known.validation) showChecks(findings(), known.validation.asOf, today());
  // The last one: it needs a script of its own, which may be missing.
  if (!isEmpty) showTimeline(windows, now(), aggregates, names);
}

/** While another run is awaited, nothing of the former one may be taken for it. */
function showLoading(isLoading) {
  element("main").ariaBusy = isLoading;
  if (!isLoading) return;
  showBadge("NO_DATA", "Loading", "NO_DATA");
  for (const id of ["path", "verdict"]) setText(element(id), "");
  for (const id of ["guide", "timeline", ...["rows", "batches", "checks", "columns"].map((name) => `${name}-section`)]) {
    element(id).hidden = true;
  }
  setText(element("headline"), "Asking the validator …");
  showTrouble("");
}

/** @param reading the answer of /progress, or null */
function showProgress(reading) {
  if (!reading) return;
  const words = `Reading ${reading.run}: ${count(reading.done)} of ${count(reading.total)} ${reading.unit}`;
  setText(element("pulse"), words);
  element("pulse").dataset.live = "no";
  if (!known.aggregates) setText(element("headline"), `${words}.`);
}

function showFault(words) {
  setText(element("trouble"), words);
  element("trouble").hidden = false;
}

function showTrouble(problem) {
  const banner = element("trouble");
  const since = known.aggregates ? ` This data is from ${clock(known.aggregates.asOf, today())} UTC.` : "";
  setText(banner, problem ? `${problem} Trying again every few seconds.${since}` : "");
  banner.hidden = !problem;
  setText(element("pulse"), pulse(problem));
  element("pulse").dataset.live = !problem && known.aggregates ? "yes" : "no";
  if (problem && !known.aggregates) setText(element("headline"), "No answer yet.");
}

function pulse(problem) {
  if (problem) return "Not live";
  return known.aggregates ? `Live, as of ${clock(known.aggregates.asOf, today())} UTC` : "Starting";
}

function showState(status, problem) {
  showBadge(status, problem ? `Was ${status}` : status, problem ? "NO_DATA" : status);
  setText(element("path"), known.aggregates.path);
  showHeadline();
  const words = verdict(status, known.aggregates, findings());
  setText(element("verdict"), words);
  document.title = `${problem ? "Not live" : status} – Pipeline`;
  announce(problem || `${status}. ${element("headline").textContent} ${words}`, problem || status);
}

/** If the validator cannot be reached, the badge has the colour of an unknown status. */
function showBadge(status, text, tone) {
  const badge = element("badge");
  if (badge.textContent === text) return;
  badge.dataset.status = tone;
  badge.replaceChildren(icon(tone), text);
  element("verdict").dataset.status = status;
}

/** Screen readers announce a change of state, not every new row. */
function announce(sentence, state) {
  if (state !== announced) setText(element("announcement"), sentence);
  announced = state;
}

function showHeadline() {
  const line = element("headline");
  const parts = headline(known.aggregates, findings(), now());
  const shape = parts.map((part) => (part.strong ? "b" : "span")).join();
  if ([...line.children].map((child) => child.localName).join() !== shape) {
    line.replaceChildren(...parts.map((part) => create(part.strong ? "b" : "span")));
  }
  parts.forEach((part, index) => setText(line.children[index], part.strong ?? part));
}

async function readEveryRow() {
  showDeepState(true);
  await follow("checks", async () => {
    const validation = await ask("validation", { deep: true });
    const finding = validation.checks.find((check) => check.name === ROWS_CHECK);
    return { validation, deep: { finding, asOf: validation.asOf, state: stateWithoutRows(validation.checks) } };
  });
  showDeepState(false);
}

element("deep").addEventListener("click", readEveryRow);
element("group").addEventListener("change", () => data.now());
element("run").addEventListener("change", () => {
  selection.abort();
  selection = new AbortController();
  known = {};
  troubles = new Map();
  showLoading(true);
  data.now();
  checks.now();
});
setInterval(() => known.aggregates && showHeadline(), 1000);

data.now();
checks.now();
