//! What the author wrote, with the place of every word: events, families and registers, not yet checked against
//! each other.

mod event;
mod family;
mod field;
mod foreign;
mod inputs;
mod notes;
mod policy;
mod read;
mod register;
mod shorthand;
mod type_expression;

pub use event::{AggregateDefinition, AttributePath, Body, EventDefinition};
pub use field::{Completeness, FieldDefinition, Flag, FlagsDefinition, ItemDefinition, Payload};
pub(crate) use foreign::translation;
pub use inputs::{InputDefinition, RustBinding};
pub use notes::read_deprecation;
pub use policy::Policies;
pub(crate) use read::is_snake_case;
pub use read::{Definitions, may_hold_register, read_definitions};
pub use register::{RemovedDefinition, SubjectDefinition, TypeDefinition};
pub use type_expression::{EnumDefinition, Shape, TypeExpression};
pub(crate) use type_expression::{MAX_TYPE_DEPTH, is_type_name, scalars_help};
