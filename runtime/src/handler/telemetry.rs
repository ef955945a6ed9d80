use serde_json::Value;

use crate::envelope::Envelope;

/// One step into a payload.
#[derive(Clone, Copy)]
enum Step<'p> {
    Member(&'p str),
    EachItem,
    EachMember,
}

/// Makes a `tracing` event at INFO with target `evt`: name, version, id, and the fields that are not personal data as
/// one JSON text.
pub(super) fn trace(envelope: &Envelope) {
    if !tracing::enabled!(target: "evt", tracing::Level::INFO) {
        return;
    }
    let definition = envelope.definition;
    let payload = without(definition.pii, &envelope.payload);
    tracing::info!(
        target: "evt",
        event = definition.name,
        version = definition.version,
        id = %envelope.id,
        payload = payload.as_str(),
        "telemetry"
    );
}

/// A payload without what stands at the paths, such as `farmer_name`, `lines[].sku` and `totals{}.amount`. One that is
/// no JSON is left out as a whole.
pub(crate) fn without(paths: &[&str], payload: &str) -> String {
    if paths.is_empty() {
        return payload.to_owned();
    }
    let Ok(mut value) = serde_json::from_str::<Value>(payload) else { return String::new() };
    for path in paths {
        remove(&mut value, &steps(path));
    }
    value.to_string()
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut rest) = part.split_at(part.find(['[', '{']).unwrap_or(part.len()));
        steps.push(Step::Member(name));
        while let Some(byte) = rest.bytes().next() {
            steps.push(if byte == b'[' { Step::EachItem } else { Step::EachMember });
            rest = rest.get(2..).unwrap_or_default();
        }
    }
    steps
}

fn remove(value: &mut Value, steps: &[Step<'_>]) {
    let [step, rest @ ..] = steps else { return };
    match (step, value) {
        (Step::Member(name), Value::Object(members)) if rest.is_empty() => {
            members.remove(*name);
        }
        (Step::Member(name), Value::Object(members)) => {
            if let Some(value) = members.get_mut(*name) {
                remove(value, rest);
            }
        }
        (Step::EachItem, Value::Array(values)) if rest.is_empty() => values.clear(),
        (Step::EachItem, Value::Array(values)) => values.iter_mut().for_each(|value| remove(value, rest)),
        (Step::EachMember, Value::Object(members)) if rest.is_empty() => members.clear(),
        (Step::EachMember, Value::Object(members)) => {
            members.values_mut().for_each(|value| remove(value, rest));
        }
        // An optional or nullable part that is not there.
        (Step::Member(_) | Step::EachItem | Step::EachMember, _) => {}
    }
}
