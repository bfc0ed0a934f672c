"use strict";

// Tables: a click on a heading sorts by it, another click turns the order round. Baselines stay below.
const keyOf = (row, index) => {
  const cell = row.cells[index];
  const number = Number.parseFloat(cell.dataset.key);
  return Number.isNaN(number) ? cell.textContent.trim() : number;
};
const compare = (a, b) => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number" || typeof b === "number") return 0; // what is unknown goes last, see below
  return a.localeCompare(b, undefined, { numeric: true });
};
const sortBy = (table, index, ascending) => {
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => [keyOf(row, index), row]);
    const numeric = rows.some(([key]) => typeof key === "number");
    const unknown = (key) => numeric && typeof key !== "number";
    rows.sort(([a], [b]) => unknown(a) - unknown(b) || (ascending ? compare(a, b) : compare(b, a)));
    body.append(...rows.map(([, row]) => row));
  }
};
const sortable = (table) => {
  [...table.tHead.rows[0].cells].forEach((heading, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const ascending = heading.ariaSort ? heading.ariaSort !== "ascending" : !heading.classList.contains("n");
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sortBy(table, index, ascending);
    });
  });
};
document.querySelectorAll("table.sortable").forEach(sortable);

// Standings: only models whose name has the text.
const find = document.querySelector(".find");
const findModels = () => {
  const wanted = find.querySelector("input").value.trim().toLowerCase();
  const names = new Set();
  for (const row of document.querySelectorAll("#standings tbody tr")) {
    const name = row.querySelector("th").textContent;
    row.hidden = !name.toLowerCase().includes(wanted);
    if (!row.hidden) names.add(name);
  }
  find.querySelector("output").textContent = wanted ? `${names.size} found` : "";
};
find.hidden = false;
find.addEventListener("input", findModels);

// Weights: the score is the weighted mean of the parts that a row carries; unknown parts make it unknown.
const sliders = document.querySelector(".sliders");
const rank = () => {
  const inputs = [...sliders.querySelectorAll("input")];
  const total = inputs.reduce((sum, input) => sum + input.valueAsNumber, 0) || 1;
  const weights = inputs.map((input) => input.valueAsNumber / total);
  inputs.forEach((input, i) => {
    input.nextElementSibling.textContent = `${Math.round(100 * weights[i])} %`;
  });
  const body = document.querySelector("table.weights").tBodies[0];
  const scored = [...body.rows].map((row) => {
    const parts = row.dataset.parts.split(",").map((part, i) => (weights[i] ? Number.parseFloat(part) * weights[i] : 0));
    return [parts.reduce((sum, part) => sum + part, 0), row];
  });
  scored.sort(([a], [b]) => Number.isNaN(a) - Number.isNaN(b) || b - a);
  scored.forEach(([score, row], place) => {
    const known = !Number.isNaN(score);
    row.cells[0].textContent = known ? place + 1 : "—";
    row.cells[2].textContent = known ? score.toFixed(2) : "—";
  });
  body.append(...scored.map(([, row]) => row));
  const [best, first] = scored[0];
  sliders.querySelector("p").textContent = Number.isNaN(best)
    ? "No model's score is known with these weights."
    : `${first.cells[1].textContent} leads with ${best.toFixed(2)}.`;
};
if (sliders) {
  sliders.hidden = false;
  sliders.addEventListener("input", rank);
  rank();
}

// Transcripts: show those that fit the chosen suite, model and outcome; a figure leads to its own.
const filters = document.querySelector("#transcripts .filters");
const transcripts = [...document.querySelectorAll("#transcripts details[data-suite]")];
const choose = () => {
  const wanted = [...filters.querySelectorAll("select")].filter((select) => select.value);
  for (const one of transcripts) {
    one.hidden = wanted.some((select) => one.dataset[select.dataset.filter] !== select.value);
  }
  filters.querySelector("output").textContent = `${transcripts.filter((one) => !one.hidden).length} shown`;
};
const drill = (link) => {
  const first = document.getElementById(link.hash.slice(1));
  for (const select of filters.querySelectorAll("select")) {
    select.value = select.dataset.filter === "outcome" ? "" : first.dataset[select.dataset.filter];
  }
  choose();
  first.open = true;
};
if (transcripts.length) {
  filters.hidden = false;
  filters.addEventListener("change", choose);
  choose();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.t");
    if (link) drill(link);
  });
}

// Theme: the system's, until the button says otherwise.
const root = document.documentElement;
const theme = document.getElementById("theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

// On paper, everything that is folded up is told, except transcripts.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details.board, details.profile")) one.open = true;
});
