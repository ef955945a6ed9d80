//! Rows of the outbox as operators see them: text for people, one JSON object per line for scripts.

mod audit;
mod blocked;
mod cause;
mod facts;
mod group;
mod json;
mod mask;
mod page;
mod relay;
mod stats;
mod table;
#[cfg(test)]
mod tests;

pub use audit::{audit_json, audit_table};
pub use blocked::{blocked_json, blocked_table};
pub use group::{Group, Grouping, Groups, group_json, group_table};
pub use json::entry_json;
pub use mask::masked;
pub use page::{page_json, page_text};
pub use relay::{relay_json, relay_table};
pub use stats::{stats_json, stats_text};
pub use table::entry_table;
