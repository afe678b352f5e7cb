// Formats numbers and times. Every ts of the API is in UTC, for example 2026-11-22T12:34:56.123456Z.

const NONE = "–";
const COUNT = new Intl.NumberFormat("en");
const DECIMAL = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (number) => (number == null ? NONE : COUNT.format(number));

export const decimal = (number) => (number == null ? NONE : DECIMAL.format(number));

/** A number of any size, with nine digits. */
export const number = (value) => (value == null ? NONE : String(Number(value.toPrecision(9))));

const MOST_CHARACTERS = 40;

/** Any value as a cell: nested ones as JSON, long ones shortened, with the whole as title. */
export function cell(value, className) {
  const text = value === null ? NONE : typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > MOST_CHARACTERS
    ? { text: `${text.slice(0, MOST_CHARACTERS - 1)}…`, title: text, className }
    : { text, className };
}

/** "1 row", "1,234 rows" */
export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

/** The time of day, with the date if it differs from the date of asOf. */
export function clock(ts, asOf, digits = 0) {
  if (!ts) return NONE;
  const end = digits === 0 ? 19 : 20 + digits;
  return ts.slice(0, 10) === asOf?.slice(0, 10) ? ts.slice(11, end) : `${ts.slice(0, 10)} ${ts.slice(11, end)}`;
}

/** The time of day (UTC) of milliseconds since 1970. */
export const timeOfDay = (millis) => new Date(millis).toISOString().slice(11, 19);

/** A duration in milliseconds, rounded down to its largest unit: 4 s, 3 min, 5 h, 2 days. */
export function span(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}
