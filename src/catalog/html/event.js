
// One version of an event.

/** All about one version of an event. */
function eventPage(event, number) {
  const [fingerprint, aboutPlace, fieldPlaces] = event.versions[number - 1];
  const about = data.abouts[aboutPlace];
  const fields = fieldPlaces.map((place) => data.fields[place]);
  const places = fields.flatMap(([, rows]) => rows.map(place));
  return h(
    "article",
    {},
    heading(event, number, about, places.some(({ pii }) => pii)),
    notices(event, number, about),
    about.description && h("div", { class: "description" }, paragraphs(about.description)),
    facts(about, fingerprint),
    inputs(about),
    payload(places),
    sample(fields),
    history(event, number),
  );
}

function heading(event, number, about, pii) {
  const state = stateOf(about);
  return h(
    "header",
    { class: "heading" },
    h("h2", { tabindex: "-1" }, h("bdi", {}, event.name), h("span", { class: "number" }, `@${number}`)),
    h("p", { class: "badges" }, badge("process", about.process), state && badge(state), pii && badge("pii", "personal data")),
    versionLinks(event, number),
  );
}

function versionLinks(event, number) {
  if (event.versions.length === 1) return null;
  const links = event.versions.map((_, index) => {
    const link = eventLink(event.name, index + 1, String(index + 1));
    link.setAttribute("aria-label", `Version ${index + 1}`);
    if (index + 1 === number) link.setAttribute("aria-current", "page");
    return link;
  });
  return h("nav", { class: "versions", "aria-label": "Versions" }, h("span", { "aria-hidden": "true" }, "Versions"), links);
}

function notices(event, number, about) {
  const notice = (kind, ...children) => h("p", { class: `notice ${kind}` }, children);
  const latest = event.versions.length;
  const { deprecated, renamed, retired } = about;
  const known = (name) => (byName.has(name) ? eventLink(name) : code(name));
  return [
    number < latest && notice("older", `This is version ${number}. The latest is `, eventLink(event.name, null, `version ${latest}`), "."),
    deprecated && notice("deprecated", h("strong", {}, "Deprecated"), sunset(deprecated.sunset), deprecated.reason && [": ", h("bdi", {}, marked(deprecated.reason))]),
    renamed && notice("retired", h("strong", {}, "Renamed"), " to ", known(renamed), "; kept so that old rows stay readable."),
    retired && !renamed && notice("retired", h("strong", {}, "Retired"), ": it has no definition any more; old rows stay readable."),
    (oldNames.get(event.name) ?? []).map((old) => notice("older", "Renamed from ", known(old), ".")),
  ];
}

/** The day from which an event may be gone, and whether that day has come. */
function sunset(day) {
  if (!day) return null;
  const hasCome = day <= new Date().toISOString().slice(0, 10);
  return [" (sunset ", h("time", { datetime: day }, day), hasCome && ", which has come", ")"];
}

function facts(about, fingerprint) {
  const found = (key, text) => text && searchLink(`${key}:"${text.replaceAll('"', "")}"`, text);
  const all = [
    ["Domain", found("domain", about.domain)],
    ["Subject", found("subject", about.subject)],
    ["Owner", found("owner", about.owner)],
    ["Type", found("type", about.type)],
    ["Process type", found("process", about.process)],
    ...(about.facts ?? []).map(([label, text]) => [label, h("bdi", {}, text)]),
    ["Fingerprint", code(fingerprint)],
  ];
  const said = all.filter(([, value]) => value);
  return h("dl", { class: "facts" }, said.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
}

function inputs(about) {
  if (!about.inputs) return null;
  const rows = about.inputs.map(([name, presence, description]) =>
    h("tr", {}, h("th", { scope: "row" }, code(name)), h("td", {}, presence), h("td", { dir: "auto" }, marked(description))),
  );
  return [h("h3", {}, "Inputs"), table("Inputs", ["Input", "Presence", "Description"], rows)];
}

function payload(places) {
  if (places.length === 0) return [h("h3", {}, "Payload"), h("p", {}, "It carries nothing.")];
  const columns = ["Field", "Type", "Presence", "Constraints", "Read from", "Description"];
  return [h("h3", {}, "Payload"), table("Payload", columns, places.map(payloadRow))];
}

function payloadRow({ path, type, presence, constraints, unit, source, pii, description, deprecated }) {
  const bounds = [...constraints, ...(unit ? [`unit ${unit}`] : [])];
  return h(
    "tr",
    { class: pii ? "pii" : null },
    h("th", { scope: "row" }, code(path), pii && badge("pii", "PII")),
    h("td", {}, code(type)),
    h("td", {}, presence),
    h("td", {}, bounds.map((bound) => h("div", {}, code(bound)))),
    h("td", {}, source && code(source)),
    h("td", { dir: "auto" }, deprecated && h("p", {}, h("strong", {}, "Deprecated: "), marked(deprecated)), marked(description)),
  );
}

function sample(fields) {
  if (fields.length === 0) return null;
  const text = "{\n" + fields.map(([lines]) => lines).join(",\n") + "\n}";
  const copy = h("button", { type: "button", class: "copy" }, "Copy");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
  });
  return [
    h("div", { class: "titled" }, h("h3", {}, "Sample payload"), navigator.clipboard ? copy : null),
    h("pre", { tabindex: "0", role: "region", "aria-label": "Sample payload" }, code(text)),
  ];
}

const SIGNS = { "+": "added", "-": "removed", "~": "changed" };

function history(event, number) {
  const items = event.versions.map(([fingerprint, , , changes = []], index) =>
    h(
      "li",
      { class: index + 1 === number ? "shown" : null },
      h("p", {}, eventLink(event.name, index + 1, `Version ${index + 1}`), " ", code(fingerprint), index === 0 && " first version"),
      changes.length > 0 && h("ul", {}, changes.map(change)),
    ),
  );
  return [h("h3", {}, "History"), h("ol", { class: "history", reversed: true }, items.reverse())];
}

function change(text) {
  const verb = SIGNS[text[0]] ?? "changed";
  return h("li", { class: verb }, h("span", { class: "verb" }, verb), " ", h("span", { dir: "auto" }, marked(text.slice(2))));
}
