// What the page knows, and how it is searched. `src/catalog/html/data.rs` tells the form of the data.

const data = JSON.parse(document.getElementById("data").textContent);

/** A row of a field as an object. */
function place(row) {
  const [path, type, presence = "", constraints = [], unit = "", source = "", pii = 0, description = "", deprecated = ""] = row;
  return { path, type, presence, constraints, unit, source, pii: pii === 1, description, deprecated };
}

/** What a search finds of a field: its paths, and marks such as `field:weight`. */
function fieldWords([, rows]) {
  const paths = [];
  const marks = [];
  let pii = false;
  for (const row of rows) {
    const { path, unit, pii: isPersonal } = place(row);
    const name = path.slice(Math.max(path.lastIndexOf("."), path.lastIndexOf("]"), path.lastIndexOf("}")) + 1);
    paths.push(path);
    marks.push(`field:${path}`);
    if (name && name !== path) marks.push(`field:${name}`);
    if (unit) marks.push(`unit:${unit}`);
    if (isPersonal) {
      pii = true;
      marks.push(`pii:${path}`);
      if (name && name !== path) marks.push(`pii:${name}`);
    }
  }
  return { text: paths.join("\n").toLowerCase(), marks: marks.join("\n").toLowerCase(), pii };
}

const words = data.fields.map(fieldWords);

/** An event, with the lower-case texts that it is found by. */
function indexed([name, versions]) {
  const [, aboutPlace, fields] = versions[versions.length - 1];
  const about = data.abouts[aboutPlace];
  const pii = fields.some((field) => words[field].pii);
  const state = stateOf(about);
  const said = [name, about.description, about.domain, about.subject, about.owner, about.process, about.type];
  const marks = [`name:${name}`, `process:${about.process}`, `type:${about.type}`, `is:${state || "current"}`];
  if (about.domain) marks.push(`domain:${about.domain}`);
  if (about.subject) marks.push(`subject:${about.subject}`);
  if (about.owner) marks.push(`owner:${about.owner}`);
  if (state) said.push(state);
  if (pii) {
    said.push("pii");
    marks.push("is:pii");
  }
  return {
    name,
    versions,
    about,
    pii,
    state,
    lower: name.toLowerCase(),
    text: said.filter(Boolean).join("\n").toLowerCase() + "\n" + fields.map((field) => words[field].text).join("\n"),
    marks: "\n" + marks.join("\n").toLowerCase() + "\n" + fields.map((field) => words[field].marks).join("\n") + "\n",
  };
}

/** What a reader must know before using an event, in a word; nothing where all is well. */
function stateOf(about) {
  if (about.renamed) return "renamed";
  if (about.retired) return "retired";
  return about.deprecated ? "deprecated" : "";
}

const events = data.events.map(indexed);
const byName = new Map(events.map((event) => [event.name, event]));
const oldNames = new Map();
for (const { name, about } of events) {
  if (about.renamed) oldNames.set(about.renamed, [...(oldNames.get(about.renamed) ?? []), name]);
}

const KEYS = ["name", "field", "pii", "is", "domain", "subject", "owner", "process", "type", "unit"];

/** A word of a search as a question to an event: `owner:barn` asks for one thing, `owner:"barn"` for no longer one. */
function question(word) {
  const [key, ...rest] = word.split(":");
  const value = rest.join(":").replaceAll('"', "");
  if (rest.length === 0 || !KEYS.includes(key)) {
    const plain = word.replaceAll('"', "");
    return (event) => event.text.includes(plain);
  }
  const mark = `\n${key}:${value}` + (rest.join(":").endsWith('"') && value ? "\n" : "");
  return (event) => event.marks.includes(mark);
}

/** How well a name fits the words of a search; less is better. */
function distance(event, plain) {
  if (plain === "" || event.lower === plain) return 0;
  if (event.lower.startsWith(plain)) return 1;
  return event.lower.includes(plain) ? 2 : 3;
}

/** The events that a search finds, those first whose names fit best. */
function search(query, { domain, state, pii }) {
  const asked = query.toLowerCase().match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  const questions = asked.map(question);
  const plain = asked.filter((word) => !word.includes(":")).join("_");
  const isRight = (event) =>
    (domain === "" || event.about.domain === domain) &&
    (!pii || event.pii) &&
    (state === "" || isOfState(event.state, state)) &&
    questions.every((asks) => asks(event));
  const found = events.filter(isRight).map((event) => ({ event, far: distance(event, plain) }));
  return found.sort((a, b) => a.far - b.far).map(({ event }) => event);
}

function isOfState(state, wanted) {
  if (wanted === "current") return state === "";
  return state === wanted || (wanted === "retired" && state === "renamed");
}
