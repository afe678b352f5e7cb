// Selects the run to show: the most recently committed one, a named one, or all. The selection is part of the page's URL,
// so it can be shared.

import { create, element } from "./dom.js";

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The selected run; null means the most recently committed one. */
export const chosenRun = () => new URLSearchParams(location.search).get("run") || null;

/** Shows the selection if there is more than one run. */
export function showRuns({ knownRuns, runs }) {
  const chosen = chosenRun();
  const names = knownRuns.filter((name) => NAME.test(name));
  const latest = chosen ? "Latest" : `Latest: ${runs[0] ?? "none"}`;
  const options = [["", latest], ...names.map((name) => [name, name]), ["all", "All runs"]];
  if (chosen && !options.some(([value]) => value === chosen)) options.push([chosen, chosen]);
  const select = element("run");
  element("run-label").hidden = names.length < 2 && !chosen;
  if (JSON.stringify(options) !== select.dataset.options) {
    select.dataset.options = JSON.stringify(options);
    select.replaceChildren(...options.map(([value, textContent]) => create("option", { value, textContent })));
  }
  select.value = chosen ?? "";
}

element("run").addEventListener("change", ({ target }) => {
  const url = new URL(location);
  target.value ? url.searchParams.set("run", target.value) : url.searchParams.delete("run");
  history.replaceState(null, "", url);
});
