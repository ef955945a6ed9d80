//! The corpus: any number of event definitions, always the same ones.
//!
//! Of every hundred events, 97 stand in a file each and three are a lifecycle family. On average
//! an event has about 900 bytes and 7.5 payload fields.

mod dice;
mod event;
mod family;
mod field;
mod inputs;
mod place;
mod register;
mod words;

use std::fs;
use std::path::Path;

use crate::Outcome;
use place::Place;

/// The first event of every hundred that belongs to a family; the rest of the hundred does too.
const FAMILY: usize = 100 - family::VERBS;

/// Writes the definitions of `events` events, a multiple of 100, and their registers. `added` tells of an event, by its
/// number, with how many optional fields more than its first version; none of a family gets any.
pub(crate) fn write(folder: &Path, events: usize, added: impl Fn(usize) -> usize) -> Outcome<()> {
    let places: Vec<Place> = (0..events).map(Place::of).collect();
    put(folder, "registers", "types", register::TYPES)?;
    put(folder, "registers", "subjects", &register::subjects(&places))?;
    for (index, place) in places.iter().enumerate() {
        match index % 100 {
            ..FAMILY => {
                let text = event::text(index, place, added(index));
                put(folder, place.domain, &place.event_name(), &text)?;
            }
            FAMILY => put(folder, place.domain, &place.family(), &family::text(index, place))?,
            _ => {}
        }
    }
    Ok(())
}

fn put(folder: &Path, domain: &str, name: &str, text: &str) -> Outcome<()> {
    let folder = folder.join(domain);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(name).with_extension("yaml"), text)?)
}
