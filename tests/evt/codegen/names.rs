//! Names that mean something to Rust.

use std::fmt::Write as _;

use super::RUST;
use crate::project::Project;

/// Keywords of all editions, names of the prelude and of primitive types, and names of generated code itself.
const NAMES: &str = "
abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in
let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof
unsafe unsized use virtual where while yield union auto default macro_rules raw safe
option some none result ok err string vec drop clone copy send sync sized iterator into from debug eq ord partial_eq
hash to_string double_ended_iterator std core alloc evt_runtime u8 i64 f64 bool str char usize
types inputs read any_event source table or_default carry t a b u new payload row old event shape object field item kind
words bounds datum record choice emission definition v1 v1_to_v2 value other a_24h x_1 name version fingerprint";

/// Types that may stand in each other's way.
const TYPES: &str = "\
subjects: { cow: { description: A cow. } }
types:
  Option: { object: { string: { type: string }, option: { type: { enum: [some, none, self, other] } } } }
  String: { enum: [string, self, option, type], open: true }
  Vec: { list: { object: { self: { type: int }, vec: { type: Option } } } }
  Box: { type: string, max_length: 3 }
  Result: { map: { type: String, nullable: true } }
  Self: { object: {} }
  Some: { object: { type: { type: Option, nullable: true, required: false } } }
  FIELDS: { object: { a: { type: int } } }
  Fields: { object: { a: { type: int } } }
";

const FIELD_TYPES: [&str; 21] = [
    "string",
    "int",
    "float",
    "bool",
    "decimal",
    "uuid",
    "timestamp",
    "date",
    "bytes",
    "json",
    "list<string>",
    "map<int>",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "Self",
    "Some",
    "FIELDS",
    "list<Fields>",
];

/// A project with an event of each name, and one with all of them.
pub(super) fn project() -> Project {
    let names: Vec<&str> = NAMES.split_whitespace().collect();
    let mut text = TYPES.to_owned();
    for index in 0..names.len() {
        write_event(&mut text, &names, index);
    }
    write_all(&mut text, &names);
    text.push_str(PASSING);
    Project::new().file("evt.toml", RUST).file("events/a.yaml", text)
}

/// Inputs that are values themselves, in every combination, and keys that are no strings.
const PASSING: &str = "\
---
event_name: passing
event_type: domain
inputs: { self: required, crate: optional }
payload:
  a: { type: Option, from: self }
  b: { type: Option, from: self, required: false }
  c: { type: list<Option>, from: crate, required: false, default: [] }
  d: { type: list<Option>, from: crate, required: false }
---
event_name: keyed
event_type: domain
inputs: { cow: required }
payload:
  kind: { type: { enum: [calm, wild] }, from: cow.kind }
aggregate: { type: Cow, id: cow.step, version: cow.step }
partition_key: cow.kind
---
event_name: empty
event_type: domain
";

fn write_event(text: &mut String, names: &[&str], index: usize) {
    let at = |offset: usize| names[(index * 7 + offset) % names.len()];
    let (name, a, b, c) = (names[index], at(1), at(2), at(3));
    let (of, open) = (FIELD_TYPES[index % FIELD_TYPES.len()], index.is_multiple_of(2));
    let words = names.iter().cycle().skip(index).take(30).copied().collect::<Vec<_>>().join(", ");
    let _ = write!(
        text,
        "---
event_name: {name}
event_type: domain
subject: cow
deprecated: true
inputs: {{ {a}: required, {b}: required, {c}: optional }}
payload:
  {name}_kind: {{ type: {{ enum: [{words}], open: {open} }}, from: {a}.{name}_kind }}
  {a}: {{ type: {of}, from: {b} }}
  {b}: {{ type: {of}, from: {a}.{b}, required: false }}
  zl_{c}: {{ type: {{ list: {{ object: {{ {a}: {{ type: {of} }}, z: {{ type: {of}, required: false }} }} }} }}, from: {c}.{a}, required: false, nullable: true }}
  zd: {{ type: int, from: {c}.zd, required: false, default: 3, min: -9223372036854775808 }}
  ze: {{ type: float, from: {a}.ze, min: 3.14, max: 1e300, unit: a b }}
  zf: {{ type: decimal, from: {a}.zf, min: -1234567890123456789012345678, required: false }}
  zg: {{ type: string, from: {a}.zg, pattern: \"^[\\\"é]\\\\d{{3}}#$\", deprecated: {{ reason: \"no \\\"more\\\" é\" }} }}
aggregate: {{ type: Cow, id: {a}.{name}_kind, version: {a}.revision }}
partition_key: {a}.key
"
    );
}

fn write_all(text: &mut String, names: &[&str]) {
    text.push_str("---\nevent_name: all_names\nevent_type: domain\ninputs:\n");
    for name in names {
        let _ = writeln!(text, "  {name}: required");
    }
    text.push_str("payload:\n");
    for name in names {
        let words = names.join(", ");
        let _ = writeln!(text, "  {name}: {{ type: {{ enum: [{words}] }}, from: {name}.{name} }}");
    }
}

#[test]
fn keywords_are_raw_and_names_of_generated_code_end_in_an_underscore() {
    let project = project();
    project.evt_ok(&["dump"]);
    let text = project.read("src/events.rs");
    for expected in [
        "pub fn r#type(",
        "pub mod r#type {",
        "pub fn self_(",
        "pub use self::self_::v1::Self_;",
        "pub fn read_(",
        "pub fn types_(",
        "pub use self::any_event::v1::AnyEvent_;",
        "            pub r#match: Match,",
        "Other_(::std::string::String),",
    ] {
        assert!(text.contains(expected), "`{expected}` is not generated");
    }
}

#[test]
fn events_and_attributes_that_come_out_equal_collide() {
    let event = |name: &str, attr: &str| {
        format!(
            "event_name: {name}\nevent_type: domain\ninputs: {{ cow: required }}\npayload: {{ a: {{ from: cow.{attr} }} }}\n"
        )
    };
    let project = Project::new()
        .file("evt.toml", RUST)
        .file("events/a.yaml", event("cow_1", "part_1"))
        .file("events/b.yaml", event("cow1", "part1"));
    let run = project.evt(&["dump"]).exits(1);
    let run = run.prints("the event `cow_1` is called `Cow1` in Rust, and so is the event `cow1`");
    run.prints("the attribute `cow.part_1` is called `Part1` in Rust, and so is the attribute `cow.part1`");
}

#[test]
fn a_retired_event_gives_way() {
    let event = |name: &str| format!("event_name: {name}\nevent_type: domain\n");
    let project = Project::new()
        .file("evt.toml", RUST)
        .file("events/a.yaml", event("cow_1"))
        .file("events/b.yaml", event("other"))
        .git_init();
    project.evt_ok(&["dump"]);
    project.commit("dump");
    project.write("events/a.yaml", event("cow1"));
    project.evt_ok(&["dump"]);
    let text = project.read("src/events.rs");
    assert!(text.contains("pub fn cow1(") && text.contains("pub use self::cow_1::v1::Cow1_;"), "{text}");
}
