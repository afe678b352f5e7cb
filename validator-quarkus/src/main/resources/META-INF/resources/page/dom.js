// The page's elements. Text from the API gets in as textContent only, and only where it changed: nothing flickers,
// and a selection stays.

export const element = (id) => document.getElementById(id);

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function create(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** The sign of a status; the word stands beside it. */
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
 * Fills a table's body.
 *
 * @param rows each an array of cells, a text or {text, title, className, header}
 */
export function fillTable(body, rows) {
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, index) => {
    const row = body.rows[index] ?? body.insertRow();
    cells.forEach((cell, column) => fillCell(row, column, typeof cell === "string" ? { text: cell } : cell));
  });
}

function fillCell(row, column, { text, title = "", className = "", header = false }) {
  const cell = row.cells[column] ?? row.appendChild(create(header ? "th" : "td", header ? { scope: "row" } : {}));
  setText(cell, text);
  if (cell.title !== title) cell.title = title;
  if (cell.className !== className) cell.className = className;
}
