//! The project that events are enqueued for: what `evt init` makes, and one event of some 300 bytes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::process::Evt;

const DEFINITION: &str = "event_name: cow_fed
event_type: domain
process_type: broker
domain: example
subject: something
description: A cow was fed.
inputs:
  cow: required
payload:
  cow_id: { type: uuid, from: cow.id }
  herd: { type: string, from: cow.herd, max_length: 40 }
  pen: { type: int, from: cow.pen }
  kilograms: { type: decimal, from: cow.kilograms }
  fed_at: { type: timestamp, from: cow.fed_at }
  is_weaned: { type: bool, from: cow.is_weaned }
  note: { type: string, from: cow.note, max_length: 400 }
";

/// A folder with a schema file, and with files of events, one in a line.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
    /// How many events the files have, the small one first.
    pub(crate) bulks: [u32; 2],
}

impl Project {
    /// Lays it out anew, with a file of `events` events and one with a tenth of them.
    pub(crate) fn lay_out(events: u32) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outbox-bench").join("project");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        // So that `evt` takes no repository around it for the project's.
        let git = Command::new("git").args(["init", "--quiet"]).current_dir(&folder).status()?;
        if !git.success() {
            return Err("`git init` failed".into());
        }
        let project = Self { folder, bulks: [events.div_ceil(10), events] };
        Evt::new(&project.folder, "init").run()?;
        fs::write(project.folder.join("events/cow_fed.yaml"), DEFINITION)?;
        Evt::new(&project.folder, "dump").run()?;
        for bulk in project.bulks {
            fs::write(project.folder.join(Self::file(bulk)), lines(bulk)?)?;
        }
        Ok(project)
    }

    /// The name of the file with so many events.
    pub(crate) fn file(events: u32) -> String {
        format!("events-{events}.ndjson")
    }
}

fn lines(events: u32) -> Outcome<String> {
    let mut text = String::new();
    for number in 0..events {
        let (payload, aggregate) = (payload(number), aggregate(number));
        writeln!(
            text,
            r#"{{"event":"cow_fed","payload":{payload},"aggregate":{{"type":"Cow","id":"{aggregate}"}}}}"#
        )?;
    }
    Ok(text)
}

/// The payload of an event, some 300 bytes.
pub(crate) fn payload(number: u32) -> String {
    let note = "hay ".repeat(23);
    format!(
        r#"{{"cow_id":"0199a000-0000-7000-8000-{number:012x}","herd":"upper meadow","pen":{},"kilograms":"{}.25","fed_at":"2027-01-31T08:30:00.123456Z","is_weaned":true,"note":"{note}"}}"#,
        number % 40,
        number % 9
    )
}

/// The aggregate of an event.
pub(crate) fn aggregate(number: u32) -> u32 {
    number % 5_000
}
