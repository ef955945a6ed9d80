//! Names that tell what kind of value a field holds.

use crate::field_type::{Field, ScalarType};
use crate::finding::Finding;
use crate::rule;

/// What a truth value may begin with.
const QUESTIONS: &[&str] =
    &["is", "has", "had", "was", "were", "can", "could", "should", "will", "may", "must"];

/// What the name of a field should tell and does not.
pub(super) fn finding_about(field: &Field, path: &str) -> Option<Finding> {
    let name = field.name.as_str();
    let first = name.split('_').next().unwrap_or(name);
    let last = name.rsplit('_').next().unwrap_or(name);
    match field.item.field_type.scalar()? {
        ScalarType::Timestamp if last != "at" => Some(
            Finding::new(&rule::TIMESTAMP_NAME, format!("the instant `{path}` is not called `…_at`"))
                .label("a timestamp")
                .help("call it after what happened at that time, such as `paid_at`"),
        ),
        ScalarType::Date if !["on", "date", "day", "birthday"].contains(&last) => Some(
            Finding::new(&rule::DATE_NAME, format!("the day `{path}` is called neither `…_on` nor `…_date`"))
                .label("a date")
                .help("call it after what happens on that day, such as `due_on`"),
        ),
        ScalarType::Bool if !QUESTIONS.contains(&first) => Some(
            Finding::new(
                &rule::BOOLEAN_NAME,
                format!("the truth value `{path}` is not called as a question"),
            )
            .label("true or false")
            .help("begin with a verb, such as `is_paid` or `has_horns`"),
        ),
        _ => None,
    }
}
