
// The page: search, list, and what is looked at. The address behind `#` is an event, `cow_fed`, a version of it,
// `cow_fed@2`, or a search, `?owner:team-barn`.

const byId = (id) => document.getElementById(id);
const [query, domain, state, pii, results, main, more] = ["query", "domain", "state", "pii", "results", "main", "more"].map(byId);

/** So many events are listed at first, and more each time that they are asked for. */
const LISTED = 100;
let found = [];
let listed = 0;
let current = null;

function update() {
  found = search(query.value, { domain: domain.value, state: state.value, pii: pii.checked });
  listed = 0;
  results.replaceChildren();
  list();
  const total = found.length === events.length ? "" : ` of ${events.length.toLocaleString("en")}`;
  byId("count").textContent = counted(found.length, "event") + total;
}

/** Lists the next ones of what was found. */
function list() {
  const next = found.slice(listed, listed + LISTED);
  results.append(...next.map(item));
  listed += next.length;
  more.hidden = listed >= found.length;
  mark();
}

function item(event) {
  const [summary] = (event.about.description ?? "").split("\n");
  const badges = [event.state && badge(event.state), event.pii && badge("pii", "PII")];
  const link = h("a", { href: address(event.name) }, h("span", { class: "name" }, h("bdi", {}, event.name), badges), summary && h("span", { class: "summary", dir: "auto" }, summary));
  return h("li", {}, link);
}

/** Marks the event that is looked at in the list. */
function mark() {
  for (const link of results.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  if (!current) return;
  const link = [...results.querySelectorAll("a")].find((link) => link.getAttribute("href") === address(current.name));
  link?.setAttribute("aria-current", "page");
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The event and the version that an address names. */
function named(text) {
  const whole = byName.get(text);
  if (whole) return [whole, whole.versions.length];
  const at = text.lastIndexOf("@");
  const event = byName.get(text.slice(0, Math.max(at, 0)));
  const number = Number(text.slice(at + 1));
  const isThere = event && Number.isInteger(number) && number >= 1 && number <= event.versions.length;
  return isThere ? [event, number] : [event, null];
}

/** Shows what the address names. */
function show() {
  const text = decoded(location.hash.slice(1));
  current = null;
  if (text.startsWith("?")) {
    query.value = text.slice(1);
    [domain.value, state.value, pii.checked] = ["", "", false];
    update();
  }
  const isEvent = text !== "" && !text.startsWith("?");
  const page = isEvent ? pageOf(text) : overview();
  main.replaceChildren(page);
  document.title = (current ? text + " – " : "") + "Event catalog";
  mark();
}

function pageOf(text) {
  const [event, number] = named(text);
  if (number) {
    current = event;
    return eventPage(event, number);
  }
  const what = event ? `${event.name} has no such version. ` : `No event is called ${text}. `;
  const near = event ? eventLink(event.name, null, "See its latest version") : searchLink(text.split("@")[0], "Search for it");
  return h("article", {}, h("h2", { tabindex: "-1" }, "Not found"), h("p", {}, h("bdi", {}, what), near, "."));
}

/** What there is, where no event is looked at. */
function overview() {
  const versions = events.reduce((sum, event) => sum + event.versions.length, 0);
  const domains = new Map();
  for (const { about } of events) domains.set(about.domain, (domains.get(about.domain) ?? 0) + 1);
  const groups = [...domains].filter(([name]) => name).sort(([a], [b]) => (a < b ? -1 : 1));
  const special = ["pii", "deprecated", "retired", "renamed"].map((word) => [word, search(`is:${word}`, { domain: "", state: "" }).length]);
  const labels = { pii: "with personal data", deprecated: "deprecated", retired: "retired", renamed: "renamed" };
  return h(
    "article",
    { class: "overview" },
    h("h2", { tabindex: "-1" }, events.length ? counted(events.length, "event") : "There are no events yet"),
    events.length > 0 && h("p", {}, `${counted(versions, "version")} in all.`),
    h("ul", { class: "tiles" }, special.filter(([, count]) => count).map(([word, count]) => h("li", {}, searchLink(`is:${word}`, `${count.toLocaleString("en")} ${labels[word]}`)))),
    groups.length > 0 && h("h3", {}, "Domains"),
    h("ul", { class: "tiles" }, groups.map(([name, count]) => h("li", {}, searchLink(`domain:"${name}"`, `${name} (${count.toLocaleString("en")})`)))),
  );
}

/** Moves the focus along the list, and from its top back to the search. */
function move(event) {
  const links = [...results.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  (to < 0 ? query : links[Math.min(to, links.length - 1)])?.focus();
}

function focusPage() {
  const title = main.querySelector("h2");
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: "nearest" });
}

query.addEventListener("input", update);
for (const filter of [domain, state, pii]) filter.addEventListener("change", update);
query.addEventListener("keydown", (event) => event.key === "ArrowDown" && move(event));
results.addEventListener("keydown", move);
more.addEventListener("click", () => {
  const last = results.lastElementChild;
  list();
  last?.nextElementSibling?.querySelector("a")?.focus();
});
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  if (found.length > 0) location.hash = address(found[0].name);
});
byId("skip").addEventListener("click", focusPage);
addEventListener("keydown", (event) => {
  const isWriting = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement?.tagName);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && isPlain && !isWriting) {
    event.preventDefault();
    query.focus();
    query.select();
  }
});
addEventListener("hashchange", () => {
  show();
  window.scrollTo(0, 0);
  focusPage();
});

const domains = [...new Set(events.map((event) => event.about.domain).filter(Boolean))].sort();
domain.append(...domains.map((name) => h("option", { value: name }, name)));
byId("app").hidden = false;
update();
show();
