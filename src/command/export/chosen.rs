//! Which versions are exported.

use crate::cli::ChosenArguments;
use crate::command::sides::find_version;
use crate::listing::Retired;
use crate::run::Failure;
use crate::schema::{Schema, Version};

/// What `--retired` says.
pub(super) fn shown(retired: bool) -> Retired {
    if retired { Retired::Shown } else { Retired::Hidden }
}

/// Every version of every event; of retired ones only where they are wanted.
pub(super) fn every(schema: &Schema, retired: Retired) -> Vec<&Version> {
    histories(schema, retired).flatten().collect()
}

/// The latest version of every event.
pub(super) fn latest(schema: &Schema, retired: Retired) -> Vec<&Version> {
    histories(schema, retired).filter_map(<[Version]>::last).collect()
}

/// Those that get a file: every one, those of an event, or the one that is named.
pub(super) fn with_files<'s>(
    arguments: &ChosenArguments,
    schema: &'s Schema,
) -> Result<Vec<&'s Version>, Failure> {
    let Some(name) = &arguments.event else { return Ok(every(schema, shown(arguments.retired))) };
    let version = find_version(name, schema)?;
    if name.contains('@') {
        return Ok(vec![version]);
    }
    Ok(schema.events.get(&version.contract.event_name).into_iter().flatten().collect())
}

fn histories(schema: &Schema, retired: Retired) -> impl Iterator<Item = &[Version]> {
    let all = schema.events.values().map(Vec::as_slice);
    all.filter(move |versions| {
        retired == Retired::Shown || versions.last().is_some_and(|latest| !latest.retired)
    })
}
