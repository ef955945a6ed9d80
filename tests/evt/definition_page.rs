//! `docs/definitions.md`: every key of a definition file, out of its JSON Schema (`EVT_BLESS=1` writes it anew).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use evt::field_type::ScalarType;
use regex_lite::Regex;
use serde_json::Value;

/// Keys of a family or a register.
const OTHER_KINDS: [&str; 5] = ["lifecycle", "on", "types", "subjects", "removed"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn schema() -> Value {
    serde_json::from_str(&read(&root().join("schemas/definition.json"))).expect("a schema is JSON")
}

#[test]
fn the_page_about_definitions_is_what_their_schema_says() {
    let path = root().join("docs/definitions.md");
    let ordered = serde_yaml::from_str(&read(&root().join("schemas/definition.json"))).expect("JSON is YAML");
    let expected = Page { schema: schema(), ordered, text: String::new() }.write();
    if std::env::var("EVT_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(&path, &expected).expect("the page can be written");
    }
    let committed = read(&path);
    let diff = similar::TextDiff::from_lines(&expected, &committed).unified_diff().to_string();
    assert!(diff.is_empty(), "it is stale (EVT_BLESS=1 rewrites it):\n{diff}");
}

#[test]
fn every_key_that_the_schema_or_the_source_knows_stands_on_the_page() {
    let page = read(&root().join("docs/definitions.md"));
    let mut keys = BTreeSet::new();
    keys_of(&schema(), &mut keys);
    let of_schema = keys.len();
    keys_of_source(&mut keys);
    assert!(of_schema > 40 && keys.contains("event_name") && keys.contains("sunset"), "{keys:?}");
    keys.extend(ScalarType::ALL.iter().map(|(word, _)| (*word).to_owned()));
    let missing: Vec<_> = keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The properties of a schema and of all that stands in it.
fn keys_of(value: &Value, keys: &mut BTreeSet<String>) {
    let properties = value["properties"].as_object().into_iter().flatten();
    keys.extend(properties.map(|(key, _)| key.clone()));
    let inner = value.as_object().into_iter().flatten().map(|(_, inner)| inner);
    inner.for_each(|inner| keys_of(inner, keys));
}

/// The keys that the source takes out of mappings.
fn keys_of_source(keys: &mut BTreeSet<String>) {
    let methods =
        "take|text|required_text|choice|list|mapping|boolean|flag|node_flag|read_path|read_named|read_date";
    let call = Regex::new(&format!(r#"\b(?:{methods})\((?:(?:&mut )?[a-z]+, )?"([a-z_]+)""#));
    let call = call.expect("the pattern is valid");
    let folder = std::fs::read_dir(root().join("src/definition")).expect("the source is there");
    let files: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry can be read").path()).collect();
    for path in files {
        keys.extend(call.captures_iter(&read(&path)).map(|call| call[1].to_owned()));
    }
}

/// The page, as far as it is written.
struct Page {
    schema: Value,
    /// The same, with its keys in their order: JSON is YAML.
    ordered: serde_yaml::Value,
    text: String,
}

impl Page {
    fn write(mut self) -> String {
        self.text.push_str(HEAD);
        self.section("An event", AN_EVENT, "/properties", &|key| !OTHER_KINDS.contains(&key));
        self.section("`aggregate`", "", "/$defs/aggregate/properties", &|_| true);
        self.section("An input", AN_INPUT, "/$defs/input_in_full/properties", &|_| true);
        self.section("`rust`", "", "/$defs/input_in_full/properties/rust/properties", &|_| true);
        self.section("A field of the payload", A_FIELD, "/$defs/payload_field/properties", &|_| true);
        self.types();
        self.section("`deprecated`", "", "/$defs/deprecation/properties", &|_| true);
        self.section("An entry of `allow`", "", "/$defs/allow/items/properties", &|_| true);
        self.section("An entry of `accepts`", "", "/$defs/accepts/items/properties", &|_| true);
        self.section("A family", A_FAMILY, "/properties", &|key| ["lifecycle", "on"].contains(&key));
        self.section("A verb under `on`", "", "/$defs/verb/properties", &|_| true);
        self.section("A register", A_REGISTER, "/properties", &|key| {
            ["types", "subjects", "removed"].contains(&key)
        });
        self.section("An entry of `subjects`", "", "/$defs/subject/properties", &|_| true);
        self.section("An entry of `removed`", "", "/$defs/removed_event/properties", &|_| true);
        self.text
    }

    fn section(&mut self, title: &str, intro: &str, pointer: &str, is_kept: &dyn Fn(&str) -> bool) {
        let gap = if intro.is_empty() { "" } else { "\n" };
        let _ = write!(self.text, "\n## {title}\n{gap}{intro}");
        let properties = self.schema.pointer(pointer).expect("it is there");
        let keys = self.keys(pointer).into_iter().filter(|key| is_kept(key));
        let entries: Vec<String> = keys.map(|key| self.entry(&key, &properties[&key])).collect();
        self.text.push_str(&entries.join(""));
    }

    /// The keys of a mapping, as they are ordered in the file.
    fn keys(&self, pointer: &str) -> Vec<String> {
        let mapping = pointer.split('/').skip(1).fold(&self.ordered, |value, key| &value[key]);
        let keys = mapping.as_mapping().expect("it is a mapping").keys();
        keys.filter_map(serde_yaml::Value::as_str).map(str::to_owned).collect()
    }

    fn types(&mut self) {
        let scalars = self.description(&self.schema["$defs"]["scalar_type"]);
        let named = self.description(&self.schema["$defs"]["named_type"]);
        let containers = self.description(&self.schema["$defs"]["container_type"]);
        let intro = format!("{scalars}\n\n{named}\n\n{containers}\n\nOr a mapping with one of these keys:\n");
        self.section("A type", &intro, "/$defs/type_mapping/properties", &|_| true);
        for (what, name) in
            [("A field of an `object`", "object_field"), ("A type with constraints", "long_form")]
        {
            let keys = self.keys(&format!("/$defs/{name}/properties"));
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let _ =
                writeln!(self.text, "\n{what} takes {}, as a field of the payload does.", keys.join(", "));
        }
    }

    fn entry(&self, key: &str, property: &Value) -> String {
        let description = self.description(property);
        let mut text = format!("\n### `{key}`\n\n*{}*\n\n{description}\n", self.shape(property));
        if !description.contains("Example: ") {
            let _ = write!(text, "\nExample: `{key}: {}`\n", self.example(key, property));
        }
        text
    }

    fn target<'p>(&'p self, property: &'p Value) -> &'p Value {
        let path = property["$ref"].as_str().map(|path| path.trim_start_matches('#'));
        path.map_or(property, |path| self.schema.pointer(path).expect("a reference leads somewhere"))
    }

    /// Its own description, or that of what it refers to.
    fn description(&self, property: &Value) -> String {
        let of = |value: &Value| value["description"].as_str().map(str::to_owned);
        of(property).or_else(|| of(self.target(property))).expect("every key is described")
    }

    /// What is written behind a key.
    fn shape(&self, property: &Value) -> String {
        let name = property["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let known = SHAPES.iter().find(|(known, _)| *known == name).map(|(_, shape)| (*shape).to_owned());
        known.unwrap_or_else(|| self.shape_of_type(property))
    }

    fn shape_of_type(&self, property: &Value) -> String {
        let target = self.target(property);
        if let Some(words) = target["enum"].as_array() {
            let words: Vec<String> =
                words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
            return words.join(", ");
        }
        match target["type"].as_str() {
            Some("string") if target["pattern"].is_string() => "`input` or `input.attr`".to_owned(),
            Some("string") => "text".to_owned(),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("integer") => "a whole number".to_owned(),
            Some("number") => "a number".to_owned(),
            Some("array") => "a list".to_owned(),
            Some("object") => "a mapping".to_owned(),
            _ if target["type"].is_array() => "text".to_owned(),
            _ if target["$ref"].is_string() => self.shape(target),
            _ => panic!("no shape: {property}"),
        }
    }

    fn example(&self, key: &str, property: &Value) -> String {
        let target = self.target(property);
        let word = target["enum"].as_array().and_then(|words| words.first()?.as_str());
        let default = target["default"].as_bool();
        match (word, target["type"].as_str()) {
            (Some(word), _) => word.to_owned(),
            (None, Some("boolean")) => (!default.unwrap_or(false)).to_string(),
            (None, Some("integer")) => target["maximum"].as_u64().unwrap_or(80).to_string(),
            _ => panic!("`{key}` has no example"),
        }
    }
}

/// What stands behind keys whose schemas are more than a type.
const SHAPES: [(&str, &str); 12] = [
    ("name", "a name in `snake_case`"),
    ("subject_name", "a name in `snake_case`"),
    ("rust_identifier", "a name of Rust"),
    ("rule_id", "the id of a rule"),
    ("date", "a day, `YYYY-MM-DD`"),
    ("text", "text"),
    ("filled_text", "text"),
    ("input_attribute", "`input.attr`"),
    ("deprecated", "`true`, a reason, or a mapping"),
    ("type", "a type"),
    ("type_or_long_form", "a type, or a mapping with `type`"),
    ("default", "any value of the type"),
];

const HEAD: &str = "\
# Definition files

Every key of a definition, as `schemas/definition.json` describes them (`evt schema definition` prints it for editors).
A document is an event, a family or a register; a file may hold several, below lines `---`. Keys that begin with `x-` are
yours: evt reads past them, wherever they stand. Any other key is an error.

```yaml
event_name: cow_fed
event_type: domain
subject: cow
x-ticket: FARM-12
inputs: { cow: required }
payload:
  weight: { type: float, from: cow.weight, unit: kg }
```

An editor with a YAML language server completes and checks definitions by the line that `evt init` and `evt new event` write
at the top of a file, `# yaml-language-server: $schema=../schemas/definition.json`. This fills in what your project has, its
subjects, named types, events, domains, owners and units, so that they are completed too, and a wrong one is underlined:

```sh
evt schema definition --project > schemas/definition.json
evt schema config --project > schemas/evt-toml.json         # the rules and domains of evt.toml
```

Run it again when names change; `evt verify` never reads these files. Without the line, tell the editor which files they are,
in VS Code's settings: `\"yaml.schemas\": { \"schemas/definition.json\": \"events/**/*.yaml\" }`.
";

const AN_EVENT: &str = "\
`event_name` and `event_type` are required. Name, type, inputs and payload are the contract: what changes them makes a new
version. All else is rewritten in place.
";

const AN_INPUT: &str = "`cow: required`, `cow: optional`, or a mapping:\n";

const A_FIELD: &str = "`from` is required.\n";

const A_FAMILY: &str = "\
`lifecycle`, `subject` and `event_type` are required. Every key of an event but `event_name`, `renamed_from` and
`rust_name` is allowed beside these two, and shared by all verbs.
";

const A_REGISTER: &str = "Each of these in any document of its own; several in one are fine.\n";
