// The tables of numbers.

import { element, fillTable, setText } from "./dom.js";
import { cell, clock, count, counted, decimal, number } from "./format.js";
import { groupName, largest } from "./groups.js";

/**
 * @param aggregates the answer of /aggregates
 * @param names what the events call their columns
 */
export function showIds({ perId, rest, asOf }, names) {
  const { group, time, value, isBuiltIn } = names;
  const ofValue = isBuiltIn || !value ? "" : `; mean, min and max of ${value}`;
  setText(element("ids-title"), group ? `Totals per ${group}` : "Totals");
  setText(element("ids-note"), `All rows of the run${ofValue}; times in UTC`);
  const format = isBuiltIn ? decimal : number;
  const row = (name, { count: rows, mean, min, max, lastTs }) => [
    { title: isBuiltIn ? "" : name.text, ...name, header: true }, count(rows), ...(value ? [mean, min, max].map(format) : []),
    { text: clock(lastTs, asOf), title: lastTs ?? "" },
  ];
  const rows = (isBuiltIn ? perId : largest(perId)).map((one) => row(cell(groupName(one.id, names)), one));
  if (rest) rows.push(row({ text: rest.groups === null ? "all others" : counted(rest.groups, "other") }, rest));
  fillTable("ids",
    [cell(group ?? "group"), "count", ...(value ? ["mean", "min", "max"] : []), cell(`last ${time}`)], rows);
}

/** The columns of the rows of built-in events. */
const BUILT_IN = "id,ts,value,source,kafka_partition,kafka_offset";

/** @param rows the answer of /rows */
export function showRows(rows, asOf, { time }) {
  const isBuiltIn = rows.every((row) => String(Object.keys(row)) === BUILT_IN);
  element("rows-section").parentNode.classList.toggle("wide", !isBuiltIn);
  setText(element("rows-note"), `${isBuiltIn ? "With Kafka’s partition:offset" : "All columns"}; times in UTC`);
  if (!isBuiltIn) return showEvents(rows, asOf, time);
  fillTable("rows", ["ts", "id", "value", { text: "source", className: "text" }, "offset"], rows.map((row) => [
    { text: clock(row.ts, asOf, 3), title: row.ts ?? "" },
    String(row.id), decimal(row.value), { text: row.source ?? "–", className: "text" },
    row.kafka_offset == null ? "–" : `${row.kafka_partition}:${row.kafka_offset}`,
  ]));
}

function showEvents(rows, asOf, time) {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const isNumber = (name) => rows.some((row) => ["number", "bigint"].includes(typeof row[name]));
  const align = new Map(names.map((name) => [name, isNumber(name) ? "" : "left"]));
  fillTable("rows", names.map((name) => cell(name, align.get(name))), rows.map((row) => names.map((name) =>
    name === time
      ? { text: clock(row[name], asOf, 3), title: row[name] ?? "", className: "left" }
      : cell(row[name] ?? null, align.get(name)))));
}

/** @param runs the answer of /columns */
export function showColumns(runs) {
  element("columns-section").hidden = runs.length === 0;
  const left = (text) => ({ text, className: "left" });
  fillTable("columns", ["column", left("type"), "rows", "nulls", left("minimum"), left("maximum")],
    runs.flatMap(({ run, columns }) => columns.map(({ path, type, rows, nulls, minimum, maximum }) => [
      { ...cell(runs.length > 1 ? `${run} ${path}` : path), header: true },
      left(type), count(rows), count(nulls), cell(minimum, "left"), cell(maximum, "left"),
    ])));
}

/** @param batches the answer of /batches */
export function showBatches(batches, { asOf, runs }) {
  const several = runs.length > 1;
  fillTable("batches", ["batch", "committed", "events", "rows", "rejected", "files"], batches.map((batch) => [
    { text: several ? `${batch.run} ${batch.seq}` : count(batch.seq), header: true },
    { text: clock(batch.committedAt, asOf), title: batch.committedAt },
    count(batch.events), count(batch.rows), count(batch.rejected), count(batch.files.length),
  ]));
}
