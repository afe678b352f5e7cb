// The table of checks, worst first, each with advice if it fails or warns.

import { create, element, icon, setMarkedText, setText } from "./dom.js";
import { clock } from "./format.js";
import { worstFirst } from "./state.js";

const rows = new Map();

/** @param findings the checks of /validation */
export function showChecks(findings, asOf, today) {
  setText(element("checks-note"), `What the files contain, compared with what is expected, as of ${clock(asOf, today)} UTC`);
  const body = element("checks");
  const sorted = [...findings].sort(worstFirst);
  sorted.forEach((finding, index) => {
    const row = rows.get(finding.name) ?? newRow(finding.name);
    if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    fill(row, finding);
  });
}

function newRow(name) {
  const id = `check-${name}`;
  const cell = (label) => {
    const td = create("td", {});
    td.setAttribute("role", "cell");
    td.dataset.label = label;
    return td;
  };
  const head = create("th", { scope: "row" },
    create("div", { className: "check" },
      create("span", { className: "status" }), create("a", { className: "check-name", href: `#${id}`, textContent: name }),
      create("span", { className: "message" }), create("span", { className: "advice", hidden: true })));
  head.setAttribute("role", "rowheader");
  const row = create("tr", { id }, head, cell("observed"), cell("expected"));
  row.setAttribute("role", "row");
  rows.set(name, row);
  return row;
}

function fill(row, { status, message, observed, expected, advice = "" }) {
  const [head, is, should] = row.children;
  const [sign, , words, toDo] = head.firstChild.children;
  if (row.dataset.status !== status) {
    row.dataset.status = status;
    sign.replaceChildren(icon(status), status);
  }
  setText(words, message);
  setMarkedText(toDo, advice);
  toDo.hidden = !advice;
  setText(is, observed);
  setText(should, expected);
}

export function showDeepState(isReading) {
  const button = element("deep");
  button.disabled = isReading;
  setText(button, isReading ? "Reading every row …" : "Read every row now");
}
