//! Schema to Rust: one file with typed payloads, emit helpers and readers, which stands on `evt-runtime`.
//!
//! The text is a function of the schema and the settings alone, and as rustfmt would leave it.

mod any_event;
mod choice;
mod drift;
mod emit;
mod event;
mod header;
mod inputs;
mod layout;
mod module;
mod name;
mod record;
mod rust_type;
mod scope;
mod shared;
mod step;
mod table;
mod text;
mod upcast;
mod uses;
mod version;

use rayon::prelude::*;

use crate::project::Versions;
use crate::schema::{Schema, Version};
use event::{EventCode, EventNames};
use name::{camel, escaped, snake};
use scope::{Claim, Scope, Taken};
use shared::Shared;

pub use drift::{collision, diff, drift, missing, not_generated};
pub use scope::{Collision, Remedy};

/// What the schema does not say.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'s> {
    /// Where the schema file is, relative to the project.
    pub schema_path: &'s str,
    /// The `CloudEvents` source of all events.
    pub source: Option<&'s str>,
    /// The outbox table.
    pub table: &'s str,
    /// Which versions are generated.
    pub versions: Versions,
}

/// The generated file, or why there is none.
///
/// # Errors
/// Names that come out equal.
pub fn generate(schema: &Schema, settings: &Settings<'_>) -> Result<String, Vec<Collision>> {
    let mut collisions = Vec::new();
    let histories: Vec<&[Version]> = schema.events.values().map(Vec::as_slice).collect();
    let names = event_names(&histories, &mut collisions);
    let live = histories.iter().filter_map(|history| history.last()).filter(|latest| !latest.retired);
    let shared = Shared::of(live);
    let none = Shared::default();
    let events: Vec<EventCode<'_>> = histories
        .par_iter()
        .zip(names.par_iter())
        .filter_map(|(history, names)| event::write(history, names, settings.versions, &shared, &none))
        .collect();
    let readings: Vec<_> = events.iter().flat_map(|event| event.readings.iter().cloned()).collect();
    let inputs = inputs::write(&readings);
    let types = shared.module();
    collisions.extend(events.iter().flat_map(|event| event.collisions.iter().cloned()));
    collisions.extend(inputs.collisions);
    collisions.extend(types.collisions);
    if !collisions.is_empty() {
        return Err(collisions);
    }
    let steps: Vec<String> = events.iter().flat_map(|event| event.steps.iter().cloned()).collect();
    let named: Vec<(&str, &EventNames)> =
        schema.events.keys().map(String::as_str).zip(names.iter()).collect();
    let size: usize = events.iter().map(|event| event.text.len() + 1).sum();
    let mut out = String::with_capacity(size + (1 << 16));
    header::write(&mut out, schema, settings);
    for event in &events {
        out.push('\n');
        out.push_str(&event.text);
    }
    if !inputs.text.is_empty() {
        out.push('\n');
        out.push_str(&inputs.text);
    }
    out.push_str(&inputs.implementations);
    if !types.text.is_empty() {
        out.push_str("\n/// The named types, as the latest events have them.\npub mod types {\n");
        out.push_str("    use ::evt_runtime::shape;\n\n");
        out.push_str(&types.text);
        out.push_str("}\n");
    }
    out.push('\n');
    out.push_str(&any_event::write(&named, &steps));
    if out.contains(" or_default(") {
        out.push('\n');
        out.push_str(header::OR_DEFAULT);
    }
    Ok(out)
}

/// The names of all events: those of live ones first, since retired ones can give way.
fn event_names(histories: &[&[Version]], collisions: &mut Vec<Collision>) -> Vec<EventNames> {
    let mut functions = Scope::new(Taken::Refuse).reserving(["read", "types", "inputs", "or_default"]);
    let mut payloads = Scope::new(Taken::Refuse).reserving(["AnyEvent"]);
    let mut names: Vec<Option<EventNames>> = histories.iter().map(|_| None).collect();
    for pass in [false, true] {
        let taken = if pass { Taken::Evade } else { Taken::Refuse };
        functions.set_taken(taken);
        payloads.set_taken(taken);
        for (history, slot) in histories.iter().zip(names.iter_mut()) {
            let Some(latest) = history.last().filter(|latest| latest.retired == pass) else { continue };
            let event = latest.contract.event_name.as_str();
            let written = latest.metadata.rust_name.as_deref().unwrap_or(event);
            let what = format!("the event `{event}`");
            let claim =
                Claim { event, version: latest.number, path: None, what: &what, remedy: Remedy::RustName };
            let known = collisions.len();
            let function = functions.claim(escaped(snake(written)), &claim, collisions);
            let mut again = Vec::new();
            let payload = payloads.claim(escaped(camel(written)), &claim, &mut again);
            if collisions.len() == known {
                collisions.append(&mut again);
            }
            *slot = Some(EventNames { function, payload });
        }
    }
    let none = || EventNames { function: String::new(), payload: String::new() };
    names.into_iter().map(|name| name.unwrap_or_else(none)).collect()
}
