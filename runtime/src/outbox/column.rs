//! The columns of the outbox table that a writer fills, in one table for both databases.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::outbox::batch::Checked;
use crate::outbox::insert::Scalar;

/// One of them.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// Its PostgreSQL type.
    pub(crate) postgres: &'static str,
    pub(crate) value: for<'r> fn(&Checked<'r>) -> Scalar<'r>,
}

impl Column {
    /// Whether it is sent as a 64-bit number; else it is sent as text.
    pub(crate) fn is_int(&self) -> bool {
        matches!(self.postgres, "integer" | "smallint" | "bigint")
    }
}

macro_rules! columns {
    ($($name:ident: $postgres:literal = $value:expr;)*) => {
        &[$(Column { name: stringify!($name), postgres: $postgres, value: $value }),*]
    };
}

/// All of them. `seq` and `created_at` are the database's, `replaces` is an operator's.
pub(crate) const COLUMNS: &[Column] = columns! {
    id: "uuid" = |row| Scalar::Text(Some(Cow::Owned(row.envelope.id.to_string())));
    event_name: "text" = |row| text(row.envelope.definition.name);
    event_version: "integer" = |row| Scalar::Int(Some(row.envelope.definition.version.into()));
    fingerprint: "text" = |row| text(row.envelope.definition.fingerprint);
    event_type: "text" = |row| text(row.envelope.definition.event_type);
    process_type: "text" = |row| text(row.envelope.definition.process_type.as_str());
    domain: "text" = |row| maybe(row.envelope.definition.domain);
    subject: "text" = |row| maybe(row.envelope.definition.subject);
    source: "text" = |row| text(row.envelope.definition.source);
    route: "text" = |row| text(row.route);
    lane: "smallint" = |row| Scalar::Int(Some(row.lane.into()));
    partition_key: "text" = |row| maybe(row.envelope.partition_key.as_deref());
    payload: "json" = |row| text(&row.envelope.payload);
    metadata: "json" = |row| text(&row.envelope.metadata);
    occurred_at: "timestamptz" = |row| Scalar::Text(Some(Cow::Owned(instant(row.envelope.occurred_at))));
    idempotency_key: "text" = |row| maybe(row.envelope.idempotency_key.as_deref());
    aggregate_type: "text" = |row| maybe(row.envelope.aggregate.as_ref().map(|it| it.aggregate_type.as_str()));
    aggregate_id: "text" = |row| maybe(row.envelope.aggregate.as_ref().map(|it| it.id.as_str()));
    aggregate_version: "bigint" = |row| {
        Scalar::Int(row.envelope.aggregate.as_ref().and_then(|aggregate| aggregate.version))
    };
    on_dead_letter: "text" = |row| text(row.envelope.definition.on_dead_letter.as_str());
};

fn text(text: &str) -> Scalar<'_> {
    Scalar::Text(Some(Cow::Borrowed(text)))
}

fn maybe(text: Option<&str>) -> Scalar<'_> {
    Scalar::Text(text.map(Cow::Borrowed))
}

/// Microseconds, which is what PostgreSQL keeps; of one length, so that SQLite sorts it.
fn instant(instant: Timestamp) -> String {
    format!("{instant:.6}")
}
