use std::fmt;

use evt_runtime::Misfits;
use evt_runtime::shape::{Object, Unknown};
use serde_json::Value;

use super::{table, written};
use crate::codegen::{Step, step_between};
use crate::schema::Version;

/// Why a payload cannot be brought to the latest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpcastError {
    /// The event has no such version.
    Unknown {
        /// The version.
        version: u32,
    },
    /// Only the service's own code knows this step.
    Yours {
        /// The version that it begins with; the next one is one more.
        from: u32,
        /// What is to be decided there.
        reasons: Vec<String>,
    },
    /// The payload is none of a version.
    Misfits {
        /// The version.
        version: u32,
        /// What does not fit, by path.
        misfits: Misfits,
    },
}

impl fmt::Display for UpcastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { version } => write!(f, "there is no version {version}"),
            Self::Yours { from, reasons } => {
                write!(f, "only code of yours takes the step from version {from} to {}: ", from + 1)?;
                f.write_str(&reasons.join("; "))
            }
            Self::Misfits { version, misfits } => {
                write!(f, "the payload does not fit version {version}: {misfits}")
            }
        }
    }
}

/// Brings payloads of one event to its latest version, by the steps that generated code takes by itself.
#[derive(Debug)]
pub struct Upcast<'s> {
    history: &'s [Version],
    /// That of each version.
    tables: Vec<&'static Object>,
}

impl<'s> Upcast<'s> {
    /// For the event of this history. Its tables stay until the process ends.
    #[must_use]
    pub fn of(history: &'s [Version]) -> Self {
        let tables = history.iter().map(|version| table(&version.contract.payload_fields, Unknown::Ignore));
        Self { history, tables: tables.collect() }
    }

    /// The JSON text of a payload of version `from` as one of the latest version.
    ///
    /// # Errors
    /// A step that only the service's own code can take; a payload that does not fit; a version that is not known.
    pub fn run(&self, from: u32, payload: &Value) -> Result<String, UpcastError> {
        let first = self.history.iter().position(|version| version.number == from);
        let first = first.ok_or(UpcastError::Unknown { version: from })?;
        let mut text = self.passed(first, payload)?;
        for at in first + 1..self.history.len() {
            let (old, new) = (&self.history[at - 1], &self.history[at]);
            if let Step::Yours(reasons) = step_between(old, new) {
                return Err(UpcastError::Yours { from: old.number, reasons });
            }
            text = self.passed(at, &serde_json::from_str(&text).unwrap_or_default())?;
        }
        Ok(text)
    }

    /// A payload as a version reads and writes it: defaults are filled in, and what is no field goes.
    fn passed(&self, at: usize, payload: &Value) -> Result<String, UpcastError> {
        let version = self.history[at].number;
        written(payload, self.tables[at]).map_err(|misfits| UpcastError::Misfits { version, misfits })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::example::history;

    fn event(version: &str) -> String {
        format!("event_name: cow_fed\nevent_type: domain\ninputs: {{ cow: required }}\npayload:\n{version}")
    }

    const FIRST: &str = "  weight: { type: int, from: cow.weight }\n  old: { type: string, from: cow.old }\n";
    const SECOND: &str = "  weight: { type: float, from: cow.weight }\n  tags: { type: { list: string }, from: cow.tags, default: [] }\n";
    const THIRD: &str = "  weight: { type: float, from: cow.weight }\n  tags: { type: { list: string }, from: cow.tags, default: [] }\n  name: { type: string, from: cow.name }\n";

    #[test]
    fn fields_go_defaults_come_and_numbers_are_those_of_the_new_type() {
        let schema = history(&[&event(FIRST), &event(SECOND)]);
        let upcast = Upcast::of(&schema.events["cow_fed"]);
        let payload = json!({ "weight": 2, "old": "x" });
        assert_eq!(upcast.run(1, &payload).as_deref(), Ok(r#"{"weight":2.0,"tags":[]}"#));
        assert_eq!(
            upcast.run(2, &json!({ "weight": 2, "tags": ["a"] })).as_deref(),
            Ok(r#"{"weight":2.0,"tags":["a"]}"#)
        );
    }

    #[test]
    fn a_step_that_only_code_can_take_is_told_with_its_versions() {
        let schema = history(&[&event(FIRST), &event(SECOND), &event(THIRD)]);
        let upcast = Upcast::of(&schema.events["cow_fed"]);
        let error = upcast.run(1, &json!({ "weight": 2, "old": "x" })).unwrap_err();
        let said = "only code of yours takes the step from version 2 to 3: version 3 needs `name`, which version 2 does not have";
        assert_eq!(error.to_string(), said);
    }

    #[test]
    fn a_payload_that_is_none_of_its_version_is_told_by_path() {
        let schema = history(&[&event(FIRST), &event(SECOND)]);
        let upcast = Upcast::of(&schema.events["cow_fed"]);
        let error = upcast.run(1, &json!({ "weight": "heavy", "old": "x" })).unwrap_err();
        assert!(
            error.to_string().starts_with("the payload does not fit version 1: `weight` expected"),
            "{error}"
        );
        assert_eq!(upcast.run(7, &json!({})), Err(UpcastError::Unknown { version: 7 }));
    }
}
