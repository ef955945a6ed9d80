use super::{Line, Sign};
use crate::event::{Acceptance, Aggregate, Allowance, Deprecation};
use crate::schema::Version;

/// All changes of what is said besides the contract.
pub(super) fn changes(old: &Version, new: &Version) -> Vec<Line> {
    let (before, after) = (texts(old), texts(new));
    let pairs = before.into_iter().zip(after);
    pairs.filter_map(|((key, old), (_, new))| change(key, old, new)).collect()
}

fn change(key: &str, old: Option<String>, new: Option<String>) -> Option<Line> {
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(new)) => Some(Line { sign: Sign::Added, text: format!("{key}: {new}") }),
        (Some(old), None) => Some(Line { sign: Sign::Removed, text: format!("{key}: {old}") }),
        (old, new) => {
            let show = |text: Option<String>| text.unwrap_or_default();
            Some(Line { sign: Sign::Changed, text: format!("{key}: {} → {}", show(old), show(new)) })
        }
    }
}

fn texts(version: &Version) -> Vec<(&'static str, Option<String>)> {
    let metadata = &version.metadata;
    let inputs = metadata.inputs.iter().map(|(name, notes)| {
        let rust = notes.rust.as_ref().map(|rust| format!("{} by {}", rust.path, rust.access));
        format!(
            "{name} ({})",
            [notes.description.clone(), rust].into_iter().flatten().collect::<Vec<_>>().join(", ")
        )
    });
    vec![
        ("process_type", Some(metadata.process_type.to_string())),
        ("domain", metadata.domain.clone()),
        ("subject", metadata.subject.clone()),
        ("description", metadata.description.clone()),
        ("owner", metadata.owner.clone()),
        ("deprecated", metadata.deprecated.as_deref().map(deprecation)),
        ("aggregate", metadata.aggregate.as_deref().map(aggregate)),
        ("partition_key", metadata.partition_key.clone()),
        ("ordering", metadata.ordering.map(|ordering| ordering.to_string())),
        ("on_dead_letter", Some(metadata.on_dead_letter.to_string())),
        ("unknown_fields", Some(metadata.unknown_fields.to_string())),
        ("compat", metadata.compat.map(|mode| mode.to_string())),
        ("allow", list(metadata.allow.iter().map(allowance))),
        ("accepts", list(metadata.accepts.iter().map(acceptance))),
        ("rust_name", metadata.rust_name.clone()),
        ("inputs", list(inputs)),
        ("renamed to", version.renamed_to.clone()),
        ("retired", version.retired.then(|| "true".to_owned())),
    ]
}

fn list(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join("; "))
}

fn deprecation(deprecation: &Deprecation) -> String {
    let reason = deprecation.reason.as_deref().unwrap_or("true");
    deprecation.sunset.map_or_else(|| reason.to_owned(), |sunset| format!("{reason} (sunset {sunset})"))
}

fn aggregate(aggregate: &Aggregate) -> String {
    let version = aggregate.version.as_ref().map_or_else(String::new, |version| format!(" at {version}"));
    format!("{} {}{version}", aggregate.aggregate_type, aggregate.id)
}

fn allowance(allowance: &Allowance) -> String {
    let until = allowance.until.map_or_else(String::new, |until| format!(" until {until}"));
    format!("{}{until}: {}", allowance.rule, allowance.reason)
}

fn acceptance(acceptance: &Acceptance) -> String {
    let path = acceptance.path.as_ref().map_or_else(String::new, |path| format!(" at {path}"));
    format!("{}{path}: {}", acceptance.rule, acceptance.reason)
}
