use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// A part of a schema of ours, by its JSON pointer.
pub(super) fn place<'s>(schema: &'s mut Value, pointer: &str) -> &'s mut Map<String, Value> {
    let found = schema.pointer_mut(pointer).and_then(Value::as_object_mut);
    found.unwrap_or_else(|| panic!("the schema has no {pointer}"))
}

/// One of these words and no other, with what each is.
pub(super) fn described(words: &BTreeMap<String, String>) -> Value {
    let (words, texts): (Vec<_>, Vec<_>) = words.iter().unzip();
    json!({ "enum": words, "enumDescriptions": texts })
}

/// Lets a part take what `choice` takes alone. Its description stays.
pub(super) fn complete(schema: &mut Value, pointer: &str, choice: Value) {
    let part = place(schema, pointer);
    part.retain(|key, _| key == "description");
    if let Value::Object(choice) = choice {
        part.extend(choice);
    }
}

/// Offers these words beside all that a part takes.
pub(super) fn suggest(schema: &mut Value, pointer: &str, words: &BTreeSet<String>) {
    if words.is_empty() {
        return;
    }
    let part = place(schema, pointer);
    if let Some(any) = part.remove("$ref") {
        part.insert("anyOf".to_owned(), json!([{ "enum": words }, { "$ref": any }]));
    }
}
