
// Elements out of texts. No text is ever read as HTML.

/** An element with attributes and children; children that are nothing are left out. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter(Boolean));
  return element;
}

const code = (text) => h("code", {}, text);

/** The address of an event, or of one version of it. */
function address(name, number) {
  return "#" + encodeURIComponent(name) + (number ? `@${number}` : "");
}

const eventLink = (name, number, text) => h("a", { href: address(name, number) }, text ?? name);

/** A link to the events that a search finds. */
const searchLink = (query, text) => h("a", { href: "#?" + encodeURIComponent(query) }, h("bdi", {}, text));

/** Text with what stands between back-ticks in a fixed-width font. */
function marked(text) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : part));
}

/** Paragraphs, divided where the text has empty lines. */
function paragraphs(text) {
  return text.split(/\n\s*\n/).map((paragraph) => h("p", { dir: "auto" }, marked(paragraph)));
}

const badge = (kind, text) => h("span", { class: `badge ${kind}` }, text ?? kind);

/** A table that scrolls by itself, also with the keyboard, where it is too wide. */
function table(label, columns, rows) {
  const head = h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column))));
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label }, h("table", {}, head, h("tbody", {}, rows)));
}

function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
