//! The text of one event definition.

use std::fmt::Write;

use super::dice::Dice;
use super::field::{self, ADDED, KINDS, NOTE, Presence, SNAPSHOT};
use super::inputs::Inputs;
use super::place::Place;

/// The fewest fields, and how many more there may be; a note, a snapshot come on top.
const FIELDS: usize = 4;
const MORE_FIELDS: usize = 8;
/// One event in so many carries an object in an object.
const SNAPSHOTS: usize = 50;

/// The definition of event number `index`, with so many fields more than it was sealed with.
pub(super) fn text(index: usize, place: &Place, added: usize) -> String {
    let mut dice = Dice::of(index);
    let inputs = Inputs::throw(place.noun, &mut dice);
    let mut text = head(place, &mut dice);
    write!(text, "inputs:\n{}payload:\n", inputs.lines()).expect("a string takes any text");
    fields(&mut text, &inputs, &mut dice);
    if index % SNAPSHOTS == 7 {
        field::reading(&mut text, SNAPSHOT, place.noun, Presence::Optional, &mut dice);
    }
    for &name in &ADDED[..added] {
        field::reading(
            &mut text,
            (name, "string", &["max_length: 60"]),
            place.noun,
            Presence::Optional,
            &mut dice,
        );
    }
    text
}

/// Appends the payload fields, each of another kind.
pub(super) fn fields(text: &mut String, inputs: &Inputs, dice: &mut Dice) {
    let (mut kind, step) = (dice.below(KINDS.len()), 1 + dice.below(KINDS.len() - 1));
    for position in 0..FIELDS + dice.below(MORE_FIELDS) {
        let (input, presence) = inputs.for_field(position, dice);
        field::reading(text, KINDS[kind], input, presence, dice);
        kind = (kind + step) % KINDS.len();
    }
    if let Some(input) = inputs.note {
        field::passing(text, NOTE, input, dice);
    }
}

/// Everything above the inputs.
fn head(place: &Place, dice: &mut Dice) -> String {
    let Place { domain, noun, verb } = place;
    let event_type = dice.pick(&["domain", "domain", "integration", "system"]);
    let mut text = format!("event_name: {}\nevent_type: {event_type}\n", place.event_name());
    let mut add = |line: String| text.push_str(&line);
    let process_type = dice.pick(&["", "broker", "durable", "background", "telemetry", "sourced"]);
    if !process_type.is_empty() {
        add(format!("process_type: {process_type}\n"));
    }
    add(format!("domain: {domain}\nsubject: {}\n", place.subject()));
    if dice.percent(70) {
        add(format!("description: The {noun} was {verb} and {domain} has taken note of it.\n"));
    }
    if dice.percent(50) {
        add(format!("owner: team-{domain}\n"));
    }
    // A sourced event is one of an aggregate's own history.
    if process_type == "sourced" || dice.percent(40) {
        add(format!("aggregate: {{ type: {}, id: {noun}.id, version: {noun}.version }}\n", camel(noun)));
        if dice.percent(20) {
            add("ordering: strict\n".into());
        }
    }
    text
}

/// `address_book` as `AddressBook`.
fn camel(name: &str) -> String {
    let mut start = true;
    let mut camel = String::new();
    for letter in name.chars() {
        if letter == '_' {
            start = true;
        } else if std::mem::take(&mut start) {
            camel.push(letter.to_ascii_uppercase());
        } else {
            camel.push(letter);
        }
    }
    camel
}
