//! `evt export debezium` and `evt outbox publish --to capture:SLOT`, held against PostgreSQL's own logical decoding.

mod export;
mod settled;
mod trouble;

use crate::database::Farm;
use crate::logical::{self, script};

/// A farm whose events go through the slot `name`, which is its database's name too.
fn captured(name: &str) -> Option<Farm> {
    let farm = logical::farm(name)?;
    capture(&farm, name);
    Some(farm)
}

/// Runs what `evt export debezium --sql` prints.
fn capture(farm: &Farm, name: &str) {
    let sql = farm.evt(&format!("export debezium --sql --name {name}")).exits(0).stdout;
    script(&farm.url, &sql).expect("the statements work");
}

/// Drains the outbox into the slot.
fn settle(farm: &Farm, name: &str) -> crate::project::Run {
    farm.evt(&format!("outbox publish --to capture:{name} --once"))
}

/// How many rows have this state.
fn count(farm: &Farm, state: &str) -> usize {
    let listed = farm.evt(&format!("outbox list --state {state} --format json")).exits(0).stdout;
    listed.lines().count()
}
