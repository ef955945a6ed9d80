//! What changed between two versions of an event, in words and as text.

mod contract;
mod metadata;

use similar::TextDiff;

use crate::plan::{Step, StepKind};
use crate::schema::{Version, entry_text};
use crate::visible::visible;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether something came, went or changed.
    pub sign: Sign,
    /// What, such as "field `note`: string, required".
    pub text: String,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

impl Sign {
    /// `+`, `-` or `~`.
    #[must_use]
    pub fn symbol(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
        }
    }
}

/// A change as one line of text.
#[must_use]
pub fn line_text(line: &Line) -> String {
    format!("{} {}", line.sign.symbol(), line.text)
}

/// All changes from one version to another: first of the contract, then of the metadata.
#[must_use]
pub fn describe(old: &Version, new: &Version) -> Vec<Line> {
    let mut lines = contract::changes(&old.contract, &new.contract);
    lines.extend(metadata::changes(old, new));
    lines
}

/// All changes that a step makes.
#[must_use]
pub fn describe_step(step: &Step) -> Vec<Line> {
    match (step.compared(), step.latest()) {
        (Some(old), Some(new)) => {
            let mut lines = describe(old, new);
            if let (StepKind::NewVersion, Some(latest)) = (step.kind, step.before.last())
                && latest.retired
            {
                lines.retain(|line| !line.text.starts_with("retired"));
                lines.insert(0, Line { sign: Sign::Changed, text: "no longer retired".to_owned() });
            }
            lines
        }
        (None, Some(new)) => contract::fields_of(&new.contract),
        (_, None) => Vec::new(),
    }
}

/// The difference of two versions' entries in the schema file, as a unified diff.
#[must_use]
pub fn unified(old: Option<&Version>, new: Option<&Version>) -> String {
    let text = |version: Option<&Version>| {
        version.map(|version| format!("    {}\n", entry_text(version))).unwrap_or_default()
    };
    let label = |version: Option<&Version>| {
        version.map_or("/dev/null".to_owned(), |version| {
            format!("{}@{}", visible(&version.contract.event_name), version.number)
        })
    };
    let (before, after) = (text(old), text(new));
    let diff = TextDiff::from_lines(before.as_str(), after.as_str());
    diff.unified_diff().context_radius(3).header(&label(old), &label(new)).to_string()
}
