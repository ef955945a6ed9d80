use serde_json::Value;

use super::path::Path;

/// Something that a writer may write and a reader cannot read.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    /// The place in the payload.
    pub path: Path,
    /// What is in the way.
    pub kind: ObstacleKind,
    /// A payload that the writer may write and the reader refuses; none where none was found.
    pub witness: Option<Value>,
}

/// What is in the way of a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObstacleKind {
    /// The reader needs a field that the writer does not know.
    Missing,
    /// The reader needs a field that the writer may leave out.
    Optional,
    /// The writer may write null.
    Null,
    /// The reader refuses fields that it does not know, and this is one.
    Unknown,
    /// The writer's type has values that the reader's has not.
    Type {
        /// The writer's type, as fingerprints write it.
        written: String,
        /// The reader's.
        read: String,
        /// Whether the writer could read all that the reader's type has.
        is_wider: bool,
    },
    /// A closed enum of the writer has values that the reader's has not.
    EnumValues(Vec<String>),
    /// The reader narrows its values more than the writer.
    Constraint {
        /// Which constraint: `min`, `max_length` and so on.
        key: &'static str,
        /// What it is for the writer.
        written: Option<String>,
        /// What it is for the reader.
        read: String,
    },
}
