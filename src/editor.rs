//! The JSON Schemas of definition files and of `evt.toml` with a project's own names filled in, so that an editor
//! completes them.
//!
//! Where only names that exist are right, such as a subject's, nothing else is: where new ones may be written, such as
//! a domain's, the known ones are offered beside any other.

mod names;
mod place;

use serde_json::{Value, json};

use self::place::{complete, described, place, suggest};
use crate::rule::{self, Category, Rule, Scope};

pub use names::Names;

const DEFINITION: &str = include_str!("../schemas/definition.json");
const CONFIG: &str = include_str!("../schemas/evt-toml.json");

/// The schema of definition files.
#[must_use]
pub fn definition_schema(names: &Names) -> String {
    let mut schema = parsed(DEFINITION);
    subjects(&mut schema, names);
    types(&mut schema, names);
    past_events(&mut schema, names);
    rules(&mut schema);
    let suggestions = [
        ("/properties/domain", &names.domains),
        ("/properties/event_type", &names.event_types),
        ("/properties/owner", &names.owners),
        ("/$defs/subject/properties/owner", &names.owners),
        ("/$defs/verb/properties/owner", &names.owners),
        ("/$defs/aggregate/properties/type", &names.aggregates),
        ("/$defs/unit", &names.units),
    ];
    for (at, words) in suggestions {
        suggest(&mut schema, at, words);
    }
    written(&mut schema, "evt schema definition --project")
}

/// The schema of `evt.toml`.
#[must_use]
pub fn config_schema(names: &Names) -> String {
    let mut schema = parsed(CONFIG);
    let rules = place(&mut schema, "/properties/rules");
    rules.remove("propertyNames");
    rules.insert("additionalProperties".to_owned(), json!(false));
    let adjustable = rule::all().filter(|rule| rule.scope != Scope::Fixed);
    rules.insert("properties".to_owned(), adjustable.map(severity).collect());
    let mode = json!({ "$ref": "#/$defs/compat_mode" });
    let domains: Value = names.domains.iter().map(|domain| (domain.clone(), mode.clone())).collect();
    place(&mut schema, "/properties/compat/properties/domain").insert("properties".to_owned(), domains);
    written(&mut schema, "evt schema config --project")
}

/// The setting of one rule.
fn severity(rule: &Rule) -> (String, Value) {
    let default = rule.default_severity().map_or_else(|| "off".to_owned(), |severity| severity.to_string());
    let description = match rule.compat {
        Some(_) => rule.why.to_owned(),
        None => format!("{} Default: `{default}`.", rule.why),
    };
    (rule.id.to_owned(), json!({ "description": description, "$ref": "#/$defs/severity" }))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("a schema of ours is JSON")
}

/// The schema as text, which says where it is from.
fn written(schema: &mut Value, command: &str) -> String {
    let top = place(schema, "");
    let description = top.get("description").and_then(Value::as_str).unwrap_or_default();
    let description = format!(
        "{description}\n\nWith the names of this project, as `{command}` found them: run it again when they change."
    );
    top.insert("description".to_owned(), json!(description));
    let text = serde_json::to_string_pretty(schema).expect("a value is JSON");
    format!("{text}\n")
}

/// A subject is one that is registered.
fn subjects(schema: &mut Value, names: &Names) {
    if !names.subjects.is_empty() {
        place(schema, "/$defs").insert("subject_name".to_owned(), described(&names.subjects));
    }
}

/// A named type is one that is registered.
fn types(schema: &mut Value, names: &Names) {
    const ANY: &str = "[A-Z][A-Za-z0-9]*";
    if names.types.is_empty() {
        return;
    }
    let known: Vec<&str> = names.types.keys().map(String::as_str).collect();
    let container = place(schema, "/$defs/container_type");
    if let Some(pattern) = container.get("pattern").and_then(Value::as_str) {
        let pattern = pattern.replace(ANY, &known.join("|"));
        container.insert("pattern".to_owned(), json!(pattern));
    }
    let containers: Vec<String> =
        known.iter().flat_map(|name| [format!("list<{name}>"), format!("map<{name}>")]).collect();
    container.insert("examples".to_owned(), json!(containers));
    complete(schema, "/$defs/named_type", described(&names.types));
}

/// What goes on from an event, or says that it is gone, names one that there has been.
fn past_events(schema: &mut Value, names: &Names) {
    if names.past_events.is_empty() {
        return;
    }
    for at in ["/properties/renamed_from", "/$defs/verb/properties/renamed_from"] {
        complete(schema, at, described(&names.past_events));
    }
    let entry = json!({ "$ref": "#/$defs/removed_event" });
    let known: Value = names.past_events.keys().map(|name| (name.clone(), entry.clone())).collect();
    let removed = place(schema, "/properties/removed");
    removed.insert("properties".to_owned(), known);
    removed.insert("patternProperties".to_owned(), json!({ "^x-": true }));
}

/// What is allowed is a rule of style or of compatibility; what is accepted is one of compatibility.
fn rules(schema: &mut Value) {
    let of = |is_right: fn(&Rule) -> bool| {
        let told = rule::all().filter(|rule| is_right(rule));
        described(&told.map(|rule| (rule.id.to_owned(), rule.why.to_owned())).collect())
    };
    let allowed = of(|rule| rule.compat.is_some() || rule.category == Category::Style);
    let accepted = of(|rule| rule.compat.is_some());
    complete(schema, "/$defs/allow/items/properties/rule", allowed);
    complete(schema, "/$defs/accepts/items/properties/rule", accepted);
}

#[cfg(test)]
mod tests;
