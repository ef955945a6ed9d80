//! What an obstacle is called, by whether the newer side reads or writes.

use super::mode::Direction;
use super::obstacle::{Obstacle, ObstacleKind};
use crate::event::UnknownFields;
use crate::rule::{self, Rule};
use crate::schema::Version;

/// The rule that the obstacle breaks. `old` is the earlier version.
pub(super) fn rule_of(kind: &ObstacleKind, direction: Direction, old: &Version) -> &'static Rule {
    use Direction::{Backward, Forward};
    let was_open = old.metadata.unknown_fields == UnknownFields::Ignore;
    match (kind, direction) {
        (ObstacleKind::Missing, Backward) => &rule::FIELD_REQUIRED_ADDED,
        (ObstacleKind::Missing, Forward) => &rule::FIELD_REQUIRED_REMOVED,
        (ObstacleKind::Optional, Backward) => &rule::FIELD_BECAME_REQUIRED,
        (ObstacleKind::Optional, Forward) => &rule::FIELD_BECAME_OPTIONAL,
        (ObstacleKind::Null, Backward) => &rule::FIELD_BECAME_NON_NULLABLE,
        (ObstacleKind::Null, Forward) => &rule::FIELD_BECAME_NULLABLE,
        (ObstacleKind::Unknown, Backward) if was_open => &rule::EVENT_SEALED,
        (ObstacleKind::Unknown, Backward) => &rule::FIELD_REMOVED_FROM_SEALED,
        (ObstacleKind::Unknown, Forward) => &rule::FIELD_ADDED_TO_SEALED,
        (ObstacleKind::Type { is_wider: false, .. }, _) => &rule::TYPE_CHANGED,
        (ObstacleKind::Type { .. }, Backward) => &rule::TYPE_NARROWED,
        (ObstacleKind::Type { .. }, Forward) => &rule::TYPE_WIDENED,
        (ObstacleKind::EnumValues(_), Backward) => &rule::ENUM_VALUE_REMOVED,
        (ObstacleKind::EnumValues(_), Forward) => &rule::ENUM_VALUE_ADDED,
        (ObstacleKind::Constraint { key: "pattern", written: Some(_), .. }, _) => &rule::CONSTRAINT_CHANGED,
        (ObstacleKind::Constraint { .. }, Backward) => &rule::CONSTRAINT_TIGHTENED,
        (ObstacleKind::Constraint { .. }, Forward) => &rule::CONSTRAINT_RELAXED,
    }
}

/// The obstacle as a sentence, in which the sides are called as given.
pub(super) fn sentence(obstacle: &Obstacle, reader: &str, writer: &str) -> String {
    let path = &obstacle.path;
    match &obstacle.kind {
        ObstacleKind::Missing => format!("`{path}` is required in {reader}, and {writer} has no such field"),
        ObstacleKind::Optional => {
            format!("`{path}` is required in {reader}, and {writer} may leave it out")
        }
        ObstacleKind::Null => format!("`{path}` is never null in {reader}, and may be null in {writer}"),
        ObstacleKind::Unknown => {
            format!("{reader} refuses fields that it does not know, and {writer} writes `{path}`")
        }
        ObstacleKind::Type { written, read, .. } => {
            format!("`{path}` is `{read}` in {reader}, and `{written}` in {writer}")
        }
        ObstacleKind::EnumValues(values) => {
            let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("`{path}` may be {} in {writer}, which {reader} does not know", values.join(", "))
        }
        ObstacleKind::Constraint { key, written, read } => {
            let written = match written {
                Some(written) => format!("`{written}`"),
                None => "none".to_owned(),
            };
            format!("`{path}` has {key} `{read}` in {reader}, and {written} in {writer}")
        }
    }
}
