// What the events call their columns, and which groups have charts.

import { parse } from "./api.js";
import { create, element } from "./dom.js";
import { cell } from "./format.js";

/** As many as /windows shows. */
export const MOST_GROUPS = 12;
/** So that twelve fit into the address of a request. */
const MOST_CHARACTERS = 300;

/** As JSON, the latest first. */
let chosen = [];

/** The names in the answer of /aggregates; those of built-in events, and of several shapes together, are the API's. */
export const namesOf = ({ perId, ...names }) =>
  names.timeFrom
    ? { group: names.groupedBy, time: names.timeFrom, value: Object.hasOwn(names, "valueOf") ? names.valueOf : null }
    : { group: "id", time: "ts", value: "value", isBuiltIn: perId.every(({ id }) => id === null || Number.isInteger(id)) };

export const groupName = (id, { group }) => (group ? String(id) : "all");

export const largest = (perId) => [...perId].sort((one, other) => other.count - one.count);

const asJson = ({ perId }) =>
  largest(perId).map(({ id }) => JSON.stringify(id)).filter((group) => group.length <= MOST_CHARACTERS);

/** The groups that were chosen, then the largest, as JSON; null if none was chosen. */
export function groupsToShow(aggregates) {
  const all = asJson(aggregates);
  chosen = chosen.filter((group) => all.includes(group));
  return chosen.length ? `[${[...new Set([...chosen, ...all])].slice(0, MOST_GROUPS)}]` : null;
}

/** Offers the groups that have no chart unless they are chosen. */
export function showChoice(aggregates, names) {
  const others = names.isBuiltIn ? [] : asJson(aggregates).slice(MOST_GROUPS);
  const select = element("group");
  element("group-label").hidden = others.length === 0;
  if (String(others) !== select.dataset.groups) {
    select.dataset.groups = others;
    select.replaceChildren(...["", ...others].map((value) =>
      create("option", { value, textContent: value ? cell(groupName(parse(value), names)).text : "only the largest" })));
  }
  select.value = chosen[0] ?? "";
}

element("group").addEventListener("change", ({ target }) => {
  chosen = target.value ? [target.value, ...chosen] : [];
});
