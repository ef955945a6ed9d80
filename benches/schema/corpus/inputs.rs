//! The inputs of an event; each of them is read by a field.

use super::dice::Dice;
use super::field::Presence;
use super::words::{ACTORS, COMPANIONS};

/// The input that is passed through as the value of a field.
pub(super) const NOTE_TEXT: &str = "note_text";

/// What the emit helper of an event takes.
pub(super) struct Inputs {
    main: &'static str,
    companion: Option<&'static str>,
    actor: Option<&'static str>,
    /// Whether there is a note to pass through.
    pub(super) note: Option<&'static str>,
}

impl Inputs {
    /// The inputs of an event about `noun`.
    pub(super) fn throw(noun: &'static str, dice: &mut Dice) -> Self {
        Self {
            main: noun,
            companion: dice.percent(50).then(|| dice.pick(&COMPANIONS)),
            actor: dice.percent(40).then(|| dice.pick(&ACTORS)),
            note: dice.percent(10).then_some(NOTE_TEXT),
        }
    }

    /// The lines under `inputs`.
    pub(super) fn lines(&self) -> String {
        let required = [Some(self.main), self.companion, self.note].into_iter().flatten();
        let required = required.map(|name| format!("  {name}: required\n"));
        required.chain(self.actor.map(|name| format!("  {name}: optional\n"))).collect()
    }

    /// The input that the field at `position` reads, and whether that field must be there: the
    /// first field reads the noun, the next two whatever else there is, the rest any of them.
    pub(super) fn for_field(&self, position: usize, dice: &mut Dice) -> (&'static str, Presence) {
        let presence = if dice.percent(20) { Presence::Optional } else { Presence::Required };
        match (position, self.companion, self.actor) {
            (1, Some(companion), _) => (companion, presence),
            (2, _, Some(actor)) => (actor, Presence::Optional),
            (3.., Some(companion), _) if dice.percent(20) => (companion, presence),
            _ => (self.main, presence),
        }
    }
}
