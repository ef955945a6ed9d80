//! The text of one lifecycle family.

use super::dice::Dice;
use super::event;
use super::inputs::Inputs;
use super::place::Place;

/// The events of a family.
pub(super) const VERBS: usize = 3;

const ON_FAILED: &str = "\
on:
  failed:
    description: The export stopped before its end.
    inputs: { error: required }
    payload:
      error_class: { type: string, from: error.class }
      error_text: { type: string, from: error.text, required: false, max_length: 500 }
";

/// The family that begins with event number `index`.
pub(super) fn text(index: usize, place: &Place) -> String {
    let mut dice = Dice::of(index);
    let inputs = Inputs::throw(place.noun, &mut dice);
    let (family, domain, lines) = (place.family(), place.domain, inputs.lines());
    let mut text = format!(
        "lifecycle: [started, completed, failed]\nsubject: {family}\nevent_type: product\n\
         domain: {domain}\ninputs:\n{lines}payload:\n"
    );
    event::fields(&mut text, &inputs, &mut dice);
    text + ON_FAILED
}
