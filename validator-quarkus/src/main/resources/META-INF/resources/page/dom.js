// Access to the page's elements. Text from the API is set as textContent only, and only if it changed, so that nothing
// flickers and a selection is kept.

export const element = (id) => document.getElementById(id);

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The same for a text in which backticks mark code. */
export function setMarkedText(node, text) {
  const parts = text.split("`");
  if (node.textContent === parts.join("")) return;
  node.replaceChildren(...parts.map((part, index) => (index % 2 ? create("code", { textContent: part }) : part)));
}

export function create(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** The icon of a status; its name is shown next to it. */
export function icon(status) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${status}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/**
 * Fills a table.
 *
 * @param heads what the columns are called, as cells
 * @param rows arrays of cells; a cell is a string or {text, title, className, header}
 */
export function fillTable(id, heads, rows) {
  const body = element(id);
  const head = body.parentNode.createTHead().rows[0] ?? body.parentNode.tHead.insertRow();
  const shape = JSON.stringify(heads);
  if (head.dataset.shape !== shape) {
    head.dataset.shape = shape;
    head.replaceChildren(...heads.map((cell) => {
      const { text, title = "", className = "" } = asCell(cell);
      return create("th", { scope: "col", textContent: text, title, className });
    }));
    body.replaceChildren();
  }
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, index) => {
    const row = body.rows[index] ?? body.insertRow();
    cells.forEach((cell, column) => fillCell(row, column, asCell(cell)));
  });
}

const asCell = (cell) => (typeof cell === "string" ? { text: cell } : cell);

function fillCell(row, column, { text, title = "", className = "", header = false }) {
  const cell = row.cells[column] ?? row.appendChild(create(header ? "th" : "td", header ? { scope: "row" } : {}));
  setText(cell, text);
  if (cell.title !== title) cell.title = title;
  if (cell.className !== className) cell.className = className;
}
