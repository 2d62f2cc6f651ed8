"use strict";
// The page's only script. Without it every word can be read and every link leads where it says; with it tables sort,
// claims can be filtered and stepped through, and the card of one claim stands beside the text. It writes no markup:
// words only ever go into textContent, so nothing that a text holds can run.
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("table")) sortable(table);
  for (const link of document.querySelectorAll("a.self")) link.addEventListener("click", () => copy(link.href));
  const cards = [...document.querySelectorAll("article.card")];
  if (cards.length) reader(cards);
});

function say(words) {
  const said = document.getElementById("said");
  said.textContent = words;
  clearTimeout(say.until);
  say.until = setTimeout(() => { said.textContent = ""; }, 2500);
}

// The id that a link's #... names; a broken one names nothing.
function named(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    say("Link copied");
  } catch {
    say("The link stands in the address bar");
  }
}

// ---- Tables: a click on a heading sorts by it, a second click the other way round; empty cells stay last.

function sortable(table) {
  const body = table.tBodies[0], heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
  if (!body || body.rows.length < 2) return;
  const order = new Intl.Collator("en", { numeric: true });
  const number = value => /^-?\d[\d,]*(\.\d+)?$/.test(value) ? Number(value.replaceAll(",", "")) : NaN;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      const value = cell => (cell?.dataset.v ?? cell?.textContent ?? "").trim();
      const rows = [...body.rows].map(row => [row, value(row.cells[column])]);
      rows.sort(([, a], [, b]) => {
        if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
        const [x, y] = [number(a), number(b)];
        return sign * (Number.isNaN(x) || Number.isNaN(y) ? order.compare(a, b) : x - y);
      });
      body.append(...rows.map(([row]) => row));
    });
  });
}

// ---- The reader: the text, its claims, and the card of the one that is looked at.

function reader(cards) {
  const page = document.documentElement, text = document.getElementById("text");
  const panel = document.getElementById("claims"), bar = panel.querySelector(".bar");
  const place = bar.querySelector(".place");
  const filters = document.getElementById("filters"), fields = [...filters.querySelectorAll("select")];
  const search = filters.querySelector("input"), reset = filters.querySelector(".reset");
  const wide = matchMedia("(min-width: 1100px)");
  const tags = cards.map((_, n) => document.getElementById(`t-${n}`));
  const covers = new Map(), segments = cards.map(() => []), at = new Map();
  cards.forEach((card, n) => at.set(card.id, n).set(`t-${n}`, n));
  for (const segment of text.querySelectorAll("a.seg")) {
    const over = [...segment.className.matchAll(/\bin(\d+)\b/g)].map(m => Number(m[1])).reverse();  // innermost first
    covers.set(segment, over);
    for (const n of over) segments[n].push(segment);
  }
  let now = null, pinned = null, shown = cards.map((_, n) => n), words = null;

  function mark(n, on) {
    cards[n].classList.toggle("now", on);
    if (on) tags[n]?.setAttribute("aria-current", "true"); else tags[n]?.removeAttribute("aria-current");
    for (const segment of segments[n]) segment.classList.toggle("lit", on);
  }

  function show(n) {
    if (n === now) return;
    if (now !== null) mark(now, false);
    now = n;
    page.classList.toggle("one", n !== null);
    if (n !== null) mark(n, true);
    panel.scrollTop = 0;
    place.textContent = n === null ? "" : `${shown.indexOf(n) + 1 || "–"} of ${shown.length}`;
  }

  function address(n, step) {
    const hash = n === null ? location.pathname + location.search : "#" + encodeURIComponent(cards[n].id);
    history[step ? "pushState" : "replaceState"](null, "", hash);
  }

  // Shows a claim for good: its card, its place in the text, and its address.
  function open(n, { step = true, scroll = true } = {}) {
    if (!shown.includes(n)) clear();
    show(n);
    if (pinned !== n) address(n, step);
    pinned = n;
    const tag = tags[n];
    if (!tag) return;
    const box = tag.getBoundingClientRect();
    if (scroll && (box.top < 40 || box.bottom > innerHeight * (wide.matches ? 0.85 : 0.35)))
      tag.scrollIntoView({ block: wide.matches ? "center" : "start" });
    tag.focus({ preventScroll: true });
  }

  function close() {
    if (pinned !== null) address(null, false);
    pinned = null;
    show(null);
  }

  function move(step) {
    if (!shown.length) return;
    const here = now === null ? -1 : now;
    const next = step > 0 ? shown.find(n => n > here) : shown.findLast(n => now === null || n < here);
    if (next === undefined) say(step > 0 ? "This is the last claim" : "This is the first claim");
    else open(next, { step: false });
  }

  // -- pointer, focus, tap
  let wait;
  text.addEventListener("pointerover", event => {
    clearTimeout(wait);
    const over = covers.get(event.target.closest("a.seg"));
    if (event.pointerType !== "mouse" || !wide.matches || !over || over.includes(now)) return;
    // A claim that was opened stays while the pointer only crosses others on its way to the card.
    wait = setTimeout(() => show(over.find(n => shown.includes(n)) ?? now), pinned === null ? 80 : 350);
  });
  text.addEventListener("pointerleave", () => clearTimeout(wait));
  text.addEventListener("focusin", event => {
    // By the keyboard only: a tap's focus comes before its click, which the sheet would then catch.
    if (event.target.matches(".tag:focus-visible")) show(tags.indexOf(event.target));
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!link) {
      const card = event.target.closest("article.card");
      if (card && !page.classList.contains("one") && getSelection().isCollapsed) open(at.get(card.id));
      return;
    }
    const n = at.get(named(link.hash));
    if (n === undefined) return;
    event.preventDefault();
    clearTimeout(wait);
    const over = (covers.get(link) ?? [n]).filter(n => shown.includes(n));
    const again = pinned === now && over.includes(now);
    const next = over[again ? (over.indexOf(now) + 1) % over.length : 0] ?? n;
    open(next, { scroll: !wide.matches || !covers.has(link) });
  });

  // -- keys: the arrows anywhere but where they have a use of their own; j and k only inside the reader (WCAG 2.1.4)
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const inside = event.target.closest(".reader"), key = event.key;
    if (key === "Escape" && now !== null) close();
    else if (event.target.closest(".scroll")) return;
    else if (key === "ArrowRight" || (inside && key === "j")) move(1);
    else if (key === "ArrowLeft" || (inside && key === "k")) move(-1);
    else return;
    event.preventDefault();
  });
  for (const button of bar.querySelectorAll("[data-go]"))
    button.addEventListener("click", () => { move(Number(button.dataset.go)); button.focus({ preventScroll: true }); });
  bar.querySelector(".close").addEventListener("click", close);
  bar.querySelector(".copy").addEventListener("click", () => {
    address(now, false);
    copy(location.href);
  });

  // -- filters
  function filter() {
    words ??= cards.map(card => card.textContent.toLowerCase());
    const wanted = fields.filter(field => field.value), sought = search.value.trim().toLowerCase();
    shown = cards.map((_, n) => n).filter(n => words[n].includes(sought) && wanted.every(
      field => (cards[n].dataset[field.name] ?? "").split(" ").includes(field.value)));
    const kept = new Set(shown);
    cards.forEach((card, n) => {
      card.classList.toggle("off", !kept.has(n));
      tags[n]?.classList.toggle("off", !kept.has(n));
    });
    for (const [segment, over] of covers) segment.classList.toggle("off", !over.some(n => kept.has(n)));
    const all = shown.length === cards.length;
    const found = all ? `${cards.length} claims` : `${shown.length} of ${cards.length} claims`;
    for (const head of [filters.querySelector("output"), panel.querySelector("h2")]) head.textContent = found;
    reset.hidden = all && !sought && !wanted.length;
    if (now !== null && !kept.has(now)) close();
    else if (now !== null) place.textContent = `${shown.indexOf(now) + 1} of ${shown.length}`;
  }

  function clear() {
    for (const field of fields) field.value = "";
    search.value = "";
    filter();
  }

  filters.addEventListener("input", filter);
  reset.addEventListener("click", () => { clear(); search.focus(); });

  // -- the address opens its claim
  function opened() {
    const n = at.get(named(location.hash));
    if (n !== undefined) {
      pinned = n;
      open(n, { step: false });
    } else if (!location.hash && now !== null) close();
  }
  addEventListener("hashchange", opened);
  addEventListener("popstate", opened);
  bar.hidden = filters.hidden = false;
  if (location.hash) requestAnimationFrame(opened);
}
