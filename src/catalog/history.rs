use std::fmt::Write as _;

use crate::diff::{Line, Sign, describe};
use crate::markdown::line;
use crate::schema::Version;

/// Writes what each version changed, the newest first.
pub(super) fn write(out: &mut String, versions: &[Version]) {
    out.push_str("\n### History\n\n");
    for (index, version) in versions.iter().enumerate().rev() {
        let before = index.checked_sub(1).and_then(|index| versions.get(index));
        let first = if before.is_none() { ": first version" } else { "" };
        let _ = writeln!(
            out,
            "- **Version {}** `{:.12}`{first}",
            version.number,
            version.fingerprint.to_string()
        );
        for change in before.map(|before| describe(before, version)).unwrap_or_default() {
            let _ = writeln!(out, "  - {}", sentence(&change));
        }
    }
}

fn sentence(change: &Line) -> String {
    let verb = match change.sign {
        Sign::Added => "added",
        Sign::Removed => "removed",
        Sign::Changed => "changed",
    };
    format!("{verb} {}", line(&change.text))
}
