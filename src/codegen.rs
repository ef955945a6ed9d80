//! Schema to Rust: one file with typed payloads, emit helpers and readers, which stands on `evt-runtime`.
//!
//! The text is a function of the schema and the settings alone, and as rustfmt would leave it.

mod any_event;
mod choice;
mod drift;
mod emit;
mod event;
mod generated;
mod header;
mod inputs;
mod layout;
mod module;
mod name;
mod pool;
mod record;
mod rust_type;
mod scope;
mod shared;
mod step;
mod steps_left;
mod table;
mod text;
mod upcast;
mod uses;
mod version;

use rayon::prelude::*;

use crate::project::Versions;
use crate::schema::{Schema, Version};
use event::{EventCode, EventNames};
use inputs::Readings;
use name::{camel, escaped, snake};
use scope::{Claim, Scope, Taken};
use shared::Shared;

pub use drift::{collision, diff, drift, missing, not_generated};
pub use generated::Generated;
pub use scope::{Collision, NAMED_TYPE, Owner, Remedy};
pub(crate) use step::{Step, between as step_between};
pub use steps_left::{StepLeft, steps_left};

/// How many events a thread writes at a time.
const CHUNK: usize = 128;

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

/// Generates the file of a schema. `goes_on_with` says whether the file that stands in its place goes on with a text;
/// after the first that it does not, it is not asked again.
///
/// # Errors
/// Names that come out equal.
pub fn generate(
    schema: &Schema,
    settings: &Settings<'_>,
    goes_on_with: &mut (dyn FnMut(&str) -> bool + Send),
) -> Result<Generated, Vec<Collision>> {
    let mut collisions = Vec::new();
    let histories: Vec<&[Version]> = schema.events.values().map(Vec::as_slice).collect();
    let names = event_names(&histories, &mut collisions);
    let live = histories.iter().filter_map(|history| history.last()).filter(|latest| !latest.retired);
    let shared = Shared::of(live);
    let none = Shared::default();
    let mut file = Assembly::new(goes_on_with);
    file.push(header::text(schema, settings));
    let named: Vec<(&[Version], &EventNames)> = histories.into_iter().zip(&names).collect();
    let mut written = Vec::new();
    for window in named.chunks(CHUNK * rayon::current_num_threads()) {
        let write = || {
            window.par_iter().with_min_len(8).filter_map(|(history, names)| {
                event::write(history, names, settings.versions, &shared, &none)
            })
        };
        // While some events are written, those before them are compared.
        ((), written) = rayon::join(|| file.add(written), || write().collect());
    }
    file.add(written);
    let named: Vec<(&str, &EventNames)> = schema.events.keys().map(String::as_str).zip(&names).collect();
    collisions.extend(file.finish(&shared, &named));
    if collisions.is_empty() { Ok(file.file) } else { Err(collisions) }
}

/// The file, as far as it is put together.
struct Assembly<'s, 'c> {
    goes_on_with: &'c mut (dyn FnMut(&str) -> bool + Send),
    file: Generated,
    readings: Readings<'s>,
    steps: Vec<String>,
    collisions: Vec<Collision>,
}

impl<'s, 'c> Assembly<'s, 'c> {
    fn new(goes_on_with: &'c mut (dyn FnMut(&str) -> bool + Send)) -> Self {
        Self {
            goes_on_with,
            file: Generated::default(),
            readings: Readings::default(),
            steps: Vec::new(),
            collisions: Vec::new(),
        }
    }

    fn push(&mut self, text: String) {
        self.file.push(text, self.goes_on_with);
    }

    fn add(&mut self, events: Vec<EventCode<'s>>) {
        for mut event in events {
            event.texts.into_iter().for_each(|text| self.push(text));
            self.readings.add(event.readings);
            self.steps.append(&mut event.steps);
            self.collisions.append(&mut event.collisions);
        }
    }

    /// Adds what stands below the events, and gives all that is wrong.
    fn finish(&mut self, shared: &Shared<'_>, named: &[(&str, &EventNames)]) -> Vec<Collision> {
        let (inputs, (types, of_any)) = rayon::join(
            || inputs::write(&self.readings),
            || (shared.module(), any_event::write(named, &self.steps)),
        );
        for text in inputs.texts.into_iter().chain([types.text, of_any]) {
            self.push(text);
        }
        let mut collisions = std::mem::take(&mut self.collisions);
        collisions.extend(inputs.collisions);
        collisions.extend(types.collisions);
        collisions
    }
}

/// The names of all events: those of live ones first, since retired ones can give way.
fn event_names(histories: &[&[Version]], collisions: &mut Vec<Collision>) -> Vec<EventNames> {
    let mut functions = Scope::new(Taken::Refuse).reserving(["read", "types", "inputs"]);
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
            let claim = Claim {
                event,
                version: latest.number,
                path: None,
                kind: "the event",
                of: event,
                remedy: Remedy::RustName,
            };
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
