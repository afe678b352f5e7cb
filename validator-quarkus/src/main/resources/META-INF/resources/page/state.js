// Derives the overall state from all answers. These functions do not touch the page.

import { clock, count, counted, span } from "./format.js";

export const ROWS_CHECK = "exactly-once";

const severity = ({ status }) => (status === "FAILED" ? 2 : status === "WARN" ? 1 : 0);

export const worstFirst = (one, other) => severity(other) - severity(one);

/** What all checks say but the one that reads every row. */
export const stateWithoutRows = (checks) =>
  checks.filter(({ name }) => name !== ROWS_CHECK).map(({ name, status }) => `${name} ${status}`).join();

/**
 * The checks, where the result of the last deep validation replaces "not read", until another check says something else: then
 * somebody has mended or damaged something since.
 *
 * @param deep the finding, when it was made, and what the other checks said
 */
export function withDeepFinding(checks, deep, today) {
  if (!deep || deep.state !== stateWithoutRows(checks)) return checks;
  const { finding, asOf } = deep;
  return checks.map((check) =>
    check.name === finding.name ? { ...finding, message: `${finding.message} (${clock(asOf, today)} UTC)` } : check);
}

/**
 * The overall status. A failed check comes first, then the status of /aggregates if it is not OK, then warnings of
 * checks.
 */
export function overall(aggregates, checks) {
  const failed = checks.some((check) => check.status === "FAILED") || aggregates.status === "FAILED";
  if (failed) return "FAILED";
  if (aggregates.status !== "OK") return aggregates.status;
  return checks.some((check) => check.status === "WARN") ? "WARN" : "OK";
}

/** The reason for the status; with the names of all checks that have it, what the first of them says. */
export function verdict(status, aggregates, checks) {
  const same = checks.filter((check) => check.status === status);
  if (status === "FAILED" || status === "WARN") {
    const verb = status === "FAILED" ? "failed" : "warn" + (same.length === 1 ? "s" : "");
    const names = same.map((check) => check.name).join(", ");
    return same.length ? `${counted(same.length, "check")} ${verb}: ${names}. ${same[0].message}` : aggregates.message;
  }
  if (status === "NO_DATA") return aggregates.message;
  return same.length ? `${counted(same.length, "check")} passed.` : "";
}

/** The latest ts of all ids, or undefined. */
export const newestTs = ({ perId, rest }) =>
  [...perId, rest ?? {}].map((id) => id.lastTs).filter(Boolean).sort().at(-1);

const strong = (text) => ({ strong: text });

/** The sentence at the top, as parts: plain strings, and numbers as {strong}. */
export function headline(aggregates, checks, nowMillis) {
  if (aggregates.totalRows === 0) {
    if (aggregates.status === "NO_DATA") return ["Nothing here yet."];
    return aggregates.rejected === 0
      ? ["No rows can be shown."]
      : ["No rows: ", strong(counted(aggregates.rejected, "event")), " rejected."];
  }
  return [
    strong(counted(aggregates.totalRows, "row")), ", ",
    ...newest(aggregates, checks, nowMillis), ", ",
    ...lag(checks), ", ",
    strong(aggregates.rejected === 0 ? "none" : count(aggregates.rejected)), " rejected.",
  ];
}

function newest(aggregates, checks, nowMillis) {
  const ts = newestTs(aggregates);
  if (!ts) return ["none with a ts"];
  const age = nowMillis - Date.parse(ts);
  return age < 0 && Date.parse(ts) > latestAllowed(checks)
    ? ["the newest event ", strong(`${span(-age)} ahead`), " of the clock"]
    : ["the newest event ", strong(span(age)), " old"];
}

/** The latest ts that the check of ts expects; NaN until it is known. */
const latestAllowed = (checks) =>
  Date.parse(checks.find((check) => check.name === "ts")?.expected.match(/not after (\S+)$/)?.[1]);

function lag(checks) {
  const observed = checks.find((check) => check.name === "lag")?.observed;
  const events = observed?.match(/^(\d+) events?(.*)$/);
  return events
    ? [strong(counted(Number(events[1]), "event")), ` behind Kafka${events[2]}`]
    : [`lag unknown${observed ? ` (${observed})` : ""}`];
}
