// The tables of numbers.

import { element, fillTable } from "./dom.js";
import { clock, count, decimal } from "./format.js";

/** @param aggregates the answer of /aggregates */
export function showIds({ perId, asOf }) {
  fillTable(element("ids"), perId.map(({ id, count: rows, mean, min, max, lastTs }) => [
    { text: String(id), header: true },
    count(rows), decimal(mean), decimal(min), decimal(max), { text: clock(lastTs, asOf), title: lastTs ?? "" },
  ]));
}

/** @param rows the answer of /rows */
export function showRows(rows, asOf) {
  fillTable(element("rows"), rows.map((row) => [
    { text: clock(row.ts, asOf, 3), title: row.ts ?? "" },
    String(row.id), decimal(row.value), { text: row.source ?? "–", className: "text" },
    row.kafka_offset == null ? "–" : `${row.kafka_partition}:${row.kafka_offset}`,
  ]));
}

/** @param batches the answer of /batches */
export function showBatches(batches, { asOf, runs }) {
  const several = runs.length > 1;
  fillTable(element("batches"), batches.map((batch) => [
    { text: several ? `${batch.run} ${batch.seq}` : count(batch.seq), header: true },
    { text: clock(batch.committedAt, asOf), title: batch.committedAt },
    count(batch.events), count(batch.rows), count(batch.rejected), count(batch.files.length),
  ]));
}
