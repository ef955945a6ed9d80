//! The steps between versions that a dump leaves to the author of an event.

use super::event_names;
use super::step::{Step, between};
use super::upcast::{step_signature, trait_name};
use crate::schema::{Schema, Version};

/// A step that nobody but the author of the event can write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLeft {
    /// The event.
    pub event: String,
    /// The version that it starts from; it leads to the next.
    pub from: u32,
    /// Why evt cannot take it, by field.
    pub reasons: Vec<String>,
    /// The trait, as the generated file names it.
    pub implemented: String,
    /// Its function.
    pub signature: String,
}

/// The steps that lead to new versions, of which `is_new` is asked by event.
#[must_use]
pub fn steps_left(schema: &Schema, is_new: &dyn Fn(&Version) -> bool) -> Vec<StepLeft> {
    let mut left = Vec::new();
    let histories: Vec<&[Version]> = schema.events.values().map(Vec::as_slice).collect();
    let pairs = histories.iter().enumerate().flat_map(|(index, history)| {
        history.iter().zip(history.iter().skip(1)).map(move |(old, new)| (index, old, new))
    });
    for (index, old, new) in pairs.filter(|(_, _, new)| is_new(new)) {
        if let Step::Yours(reasons) = between(old, new) {
            left.push((index, old.number, reasons));
        }
    }
    if left.is_empty() {
        return Vec::new();
    }
    let names = event_names(&histories, &mut Vec::new());
    let of_event = |(index, from, reasons): (usize, u32, Vec<String>)| StepLeft {
        event: histories[index][0].contract.event_name.clone(),
        from,
        reasons,
        implemented: format!("{}::{}", names[index].function, trait_name(from)),
        signature: step_signature(&names[index], from),
    };
    left.into_iter().map(of_event).collect()
}
