use crate::error::BoxError;

/// Why the outbox did not do what it was asked for. What was not committed is undone.
///
/// ```
/// use evt_runtime::outbox::operator::{Outbox, OutboxError};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let error = Outbox::open("mysql://farm", "evt_outbox").unwrap_err();
/// assert!(matches!(error, OutboxError::Address { .. }));
/// assert_eq!(error.to_string(), "the database's address begins with neither `postgres:` nor `sqlite:`");
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The database's address cannot be read. It is not told, for it may hold a password.
    #[error("the database's address {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The outbox table's name cannot be.
    #[error("the outbox table `{table}` {reason}")]
    Table {
        /// The name.
        table: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An argument holds U+0000, which PostgreSQL cannot take.
    #[error("`{text}` holds U+0000, which no row of the outbox does")]
    Nul {
        /// The argument, with `\\0` in its place.
        text: String,
    },
    /// The database was not reached, or did not let us in.
    #[error("the database {place} cannot be reached: {reason}")]
    Unreachable {
        /// Where it is, without a password.
        place: String,
        /// What was said.
        reason: String,
    },
    /// The tables are not there.
    #[error("there is no outbox table `{table}` in {place}")]
    NotMigrated {
        /// The outbox.
        table: String,
        /// Where it was looked for.
        place: String,
    },
    /// The schema that the tables are to be in is not there.
    #[error("{reason} in {place}")]
    NoSchema {
        /// Where it was looked for.
        place: String,
        /// What was said.
        reason: String,
    },
    /// The tables are those of a newer program.
    #[error("the outbox `{table}` has layout {version}, this program knows layout {known}")]
    TooNew {
        /// The outbox.
        table: String,
        /// The layout that it has.
        version: i64,
        /// The latest one that this program knows.
        known: u32,
    },
    /// The role may not do this.
    #[error("the database does not permit it: {reason}")]
    Denied {
        /// What was said.
        reason: String,
    },
    /// Another process holds what is needed.
    #[error("the database is busy: {reason}")]
    Busy {
        /// What was said.
        reason: String,
    },
    /// A statement took longer than it may.
    #[error("a statement took longer than {seconds} s, and was ended")]
    TimedOut {
        /// How long it may take.
        seconds: u64,
    },
    /// The database can be read alone.
    #[error("the database is read-only: {reason}")]
    ReadOnly {
        /// What was said.
        reason: String,
    },
    /// There is no room left.
    #[error("the database has no room left: {reason}")]
    Full {
        /// What was said.
        reason: String,
    },
    /// A value in the tables that this program did not write.
    #[error("the outbox holds `{text}` as {what}")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// What it is.
        text: String,
    },
    /// No row has this id.
    #[error("the outbox holds no event `{id}`")]
    Unknown {
        /// The id, or the place.
        id: String,
    },
    /// The row is in a state in which this cannot be done.
    #[error("`{id}` is {state}: {reason}")]
    State {
        /// The id.
        id: uuid::Uuid,
        /// Its state.
        state: super::State,
        /// Why that stands in the way.
        reason: &'static str,
    },
    /// The new content cannot be stored.
    #[error("the new content {reason}")]
    Content {
        /// What is wrong with it.
        reason: String,
    },
    /// An event cannot be stored.
    #[error("the event cannot be stored: {0}")]
    Event(#[source] crate::EmitError),
    /// The database refused for another reason.
    #[error("the database refused: {0}")]
    Database(#[source] BoxError),
}
