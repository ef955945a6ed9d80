//! Whether a schema file still holds all that a base holds.

use std::sync::Arc;

use crate::finding::Finding;
use crate::rule;
use crate::schema::{EntryPlaces, Schema, Version};
use crate::source::SourceFile;

/// What to do about lost history.
#[derive(Clone, Debug)]
pub struct Advice {
    /// About a missing version.
    pub removed: String,
    /// About a version that is another one.
    pub rewritten: String,
}

/// Findings for every version of the base that was changed or removed.
#[must_use]
pub fn check_history(
    base: &Schema,
    schema: &Schema,
    file: &Arc<SourceFile>,
    places: &EntryPlaces,
    advice: &Advice,
) -> Vec<Finding> {
    base.versions()
        .filter_map(|old| {
            let event = &old.contract.event_name;
            let finding = match schema.version(event, old.number) {
                None => removed(old, schema, &advice.removed),
                Some(new) => changed(old, new, &advice.rewritten)?,
            };
            let span = places.of(event, old.number).or_else(|| {
                let latest = schema.latest(event)?;
                places.of(event, latest.number)
            });
            let finding = finding.event(event).version(old.number);
            Some(match span {
                Some(span) => {
                    let text = file.slice(span);
                    let start = span.start() + text.find("\"event_name\"").unwrap_or_default();
                    let length = file.text[start..].find('\n').unwrap_or_default();
                    finding.at(file, crate::source::Span::new(start, start + length)).label("this event")
                }
                None => finding,
            })
        })
        .collect()
}

fn removed(old: &Version, schema: &Schema, advice: &str) -> Finding {
    let event = &old.contract.event_name;
    let what = match schema.latest(event) {
        None => format!("the event `{event}`, version {}, is", old.number),
        Some(_) => format!("version {} of `{event}` is", old.number),
    };
    Finding::new(&rule::HISTORY_VERSION_REMOVED, format!("{what} in the base, but not in the schema file"))
        .help(advice)
}

fn changed(old: &Version, new: &Version, advice: &str) -> Option<Finding> {
    let named = format!("`{}` version {}", old.contract.event_name, old.number);
    if old.fingerprint != new.fingerprint {
        let message = format!("the contract of {named} is not that of the base");
        let finding = Finding::new(&rule::HISTORY_VERSION_REWRITTEN, message)
            .why(format!("the base has {}, the schema file {}", old.fingerprint, new.fingerprint))
            .help(advice);
        return Some(finding);
    }
    if old.previous != new.previous {
        let message = format!("`previous` of {named} is not that of the base");
        let finding = Finding::new(&rule::HISTORY_VERSION_REWRITTEN, message);
        return Some(finding.help(advice));
    }
    let lost = old.metadata.accepts.iter().find(|acceptance| !new.metadata.accepts.contains(acceptance))?;
    let path = lost.path.as_ref().map_or_else(String::new, |path| format!(" at `{path}`"));
    let message = format!("{named} no longer holds the accepted break `{}`{path}", lost.rule);
    let finding = Finding::new(&rule::HISTORY_ACCEPTS_REMOVED, message);
    Some(finding.help("take the entry from the base again; `accepts` is only added to"))
}
