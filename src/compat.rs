//! What a new version of an event would break, and whom.
//!
//! All of it stands on one question, [`can_read`]: may the one side write what the other cannot read? Old code against
//! new rows, new code against old ones, one version against each one before: these are the same question with the
//! sides exchanged.

mod accepted;
mod bounds;
mod breaks;
mod judge;
mod meaning;
mod mode;
mod naming;
mod obstacle;
mod path;
#[cfg(feature = "db")]
mod pending;
mod places;
mod pruned;
mod read;
mod witness;

pub use accepted::{proven, proven_since};
pub use breaks::{Break, Standing, breaks, unreadable};
pub use judge::Comparison;
pub use mode::{Direction, Promise, effective_mode};
pub use obstacle::{Obstacle, ObstacleKind};
pub use path::{Path, Segment};
#[cfg(feature = "db")]
pub use pending::{Case, Extent};
pub use places::Places;
pub use read::can_read;

#[cfg(test)]
mod tests;
