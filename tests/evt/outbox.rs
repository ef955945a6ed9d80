//! What developers and operators do with an outbox by the program, the same on both databases.

mod bulk;
mod enqueue;
mod json;
mod layout;
mod lists;
mod mend;
mod pending;

use evt_runtime::outbox::operator::{Outbox, Settled};
use evt_runtime::types::Uuid;
use serde_json::Value;

use crate::database::{Farm, wait};
use crate::project::Run;

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test]
            fn $case() {
                super::$case(&crate::outbox::cows(crate::database::Farm::sqlite()));
            })*
        }
        mod postgres {
            $(#[test]
            fn $case() {
                let Some(farm) = crate::database::Farm::postgres() else { return };
                super::$case(&crate::outbox::cows(farm));
            })*
        }
    };
}

use on_both;

const FIRST: &str = "
event_name: cow_fed
event_type: domain
subject: cow
inputs: { cow: required, farmer: optional }
payload:
  weight: { type: float, from: cow.weight, min: 0.5 }
  farmer_name: { type: string, from: farmer.name, required: false, pii: true }
---
event_name: cow_moved
event_type: domain
subject: cow
inputs: { cow: required }
payload:
  field: { type: string, from: cow.field }
";

const SECOND: &str = "
event_name: cow_fed
event_type: domain
subject: cow
inputs: { cow: required, farmer: optional }
payload:
  weight: { type: float, from: cow.weight, min: 0.5 }
  farmer_name: { type: string, from: farmer.name, required: false, pii: true }
  feeds: { type: { list: string }, from: cow.feeds, default: [] }
---
event_name: cow_moved
event_type: domain
subject: cow
inputs: { cow: required }
payload:
  field: { type: string, from: cow.field }
  reason: { type: string, from: cow.reason }
---
event_name: cow_seen
event_type: domain
subject: cow
process_type: inline
inputs: { cow: required }
payload: { field: { type: string, from: cow.field } }
---
event_name: cow_born
event_type: domain
subject: cow
process_type: sourced
inputs: { cow: required }
aggregate: { type: Cow, id: cow.id, version: cow.version }
payload: { field: { type: string, from: cow.field } }
---
event_name: cow_weighed
event_type: domain
subject: cow
inputs: { cow: required }
aggregate: { type: Cow, id: cow.id, version: cow.weighings }
payload:
  cow: { type: int, from: cow.id }
  weighing: { type: int, from: cow.weighings }
  weight: { type: float, from: cow.weight }
---
event_name: cow_milked
event_type: domain
subject: cow
partition_key: cow.barn
on_dead_letter: halt
inputs: { cow: required }
payload: { litres: { type: int, from: cow.litres } }
";

/// The farm with events of cows, in two generations.
pub(crate) fn cows(farm: Farm) -> Farm {
    let project = &farm.project;
    project.write("events/subjects.yaml", "subjects: { cow: {}, something: {} }\n");
    for generation in [FIRST, SECOND] {
        project.write("events/cows.yaml", generation);
        project.evt_ok(&["dump"]);
        project.commit("cows");
    }
    farm
}

/// Writes an event, and gives its id.
pub(crate) fn enqueued(farm: &Farm, what: &str) -> Uuid {
    let run = farm.evt(&format!("outbox enqueue --format json {what}")).exits(0);
    run.json()["id"].as_str().and_then(|id| id.parse().ok()).expect("an action gives the id")
}

/// All that is known of a row.
fn shown(farm: &Farm, id: Uuid) -> Value {
    farm.evt(&format!("outbox show {id} --show-pii --format json")).exits(0).json()
}

/// Says what became of an attempt to publish a row.
pub(crate) fn settle(farm: &Farm, id: Uuid, settled: &Settled) {
    wait(async {
        let outbox = Outbox::open(&farm.url, "evt_outbox").expect("the farm has an outbox");
        outbox.settle(id, settled).await.expect("the row can be settled");
    });
}

/// Makes a row a dead letter.
fn die(farm: &Farm, id: Uuid) {
    die_of(farm, id, "422", "no such field");
}

/// Makes a row a dead letter that was refused with a code and a text.
pub(crate) fn die_of(farm: &Farm, id: Uuid, code: &str, text: &str) {
    let dead = Settled::Dead { reason: "max_attempts".into(), code: code.into(), text: text.into() };
    settle(farm, id, &dead);
}

/// The rows of a list, one JSON object per line.
fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// How many rows the outbox holds.
fn count(farm: &Farm) -> usize {
    lines(&farm.evt("outbox list --limit 100000 --format json").exits(0)).len()
}
