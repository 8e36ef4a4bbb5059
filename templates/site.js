// Tables that can be sorted by each column and filtered by words, and the search. Without this the
// tables are complete.
"use strict";

const numberIn = text => {
  const found = text.replace(/,/g, "").replace(/−/g, "-").match(/^[^\d-]*(-?\d+(\.\d+)?)/);
  return found ? Number(found[1]) : null;
};

const compared = (one, other) => {
  const [a, b] = [numberIn(one), numberIn(other)];
  if (a !== null && b !== null && a !== b) return a - b;
  return one.localeCompare(other, "en-GB", { numeric: true });
};

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const words = row => row.cells[at].textContent.trim();
      rows.sort((one, other) => compared(words(one), words(other)) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}

function field(id, words) {
  const box = document.createElement("div");
  box.className = "filter";
  const label = document.createElement("label");
  label.htmlFor = id;
  label.textContent = words;
  const input = document.createElement("input");
  input.id = id;
  input.type = "search";
  input.autocomplete = "off";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  box.append(label, input, said);
  return { box, input, said };
}

function filterable(table, region, number) {
  const rows = [...table.tBodies[0].rows];
  const { box, input, said } = field(`filter-${number}`, "Show rows with");
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    said.textContent = `${shown} of ${rows.length} shown`;
  };
  input.addEventListener("input", show);
  region.before(box);
  show();
}

function result(found, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = root + found.raw_url.replace(/^\//, "");
  link.textContent = found.meta.title;
  const excerpt = document.createElement("p");
  for (const node of new DOMParser().parseFromString(found.excerpt, "text/html").body.childNodes) {
    const part = document.createElement(node.nodeName === "MARK" ? "mark" : "span");
    part.textContent = node.textContent;
    excerpt.append(part);
  }
  item.append(link, excerpt);
  return item;
}

function searchable(place) {
  const { box, input, said } = field("search", "Search for");
  const list = document.createElement("ol");
  list.className = "results";
  place.append(box, list);
  const most = 30;
  let index = null;
  let latest = 0;
  const search = async () => {
    const turn = ++latest;
    try {
      index ??= import(new URL(place.dataset.search, document.baseURI).href);
      const found = (await (await index).search(input.value.trim() || null)).results;
      const shown = await Promise.all(found.slice(0, most).map(one => one.data()));
      if (turn !== latest) return;
      const asked = input.value.trim();
      list.replaceChildren(...(asked ? shown.map(one => result(one, place.dataset.root)) : []));
      const many = found.length === 1 ? "1 page" : `${found.length} pages`;
      said.textContent = !asked ? "" : found.length > most ? `${many}, the best ${most} shown` : many;
    } catch {
      said.textContent = "The search works where the site is published, not from a folder.";
    }
  };
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
}

document.querySelectorAll("[data-sortable] table").forEach((table, number) => {
  if (!table.tHead || table.tBodies[0].rows.length < 2) return;
  if (table.querySelector("tbody [rowspan]")) return;
  sortable(table);
  filterable(table, table.closest(".scroll") || table, number);
});

document.querySelectorAll("[data-search]").forEach(searchable);
