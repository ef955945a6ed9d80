//! Change-data capture: a reader of PostgreSQL's log publishes the events instead of a relay.

use std::fmt;
use std::str::FromStr;

use crate::outbox::Dialect;
use crate::outbox::layout::parse;
use crate::outbox::migrate::MigrateError;

/// At most that many bytes: `NAMEDATALEN` - 1.
const MAX_SLOT_BYTES: usize = 63;

/// The name of a logical replication slot, and of the publication that is read through it: small letters, digits and `_`.
///
/// ```
/// use evt_runtime::outbox::Slot;
///
/// assert_eq!(Slot::of("evt_outbox").as_str(), "evt_outbox_capture");
/// let slot: Slot = "farm_events_2".parse()?;
/// # Ok::<(), evt_runtime::outbox::BadSlot>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot(String);

/// Why a text names no slot.
///
/// ```
/// use evt_runtime::outbox::Slot;
///
/// let error = "Farm".parse::<Slot>().unwrap_err();
/// assert_eq!(error.to_string(), "`Farm` is no slot: 1 to 63 small letters, digits and `_`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no slot: 1 to 63 small letters, digits and `_`")]
pub struct BadSlot(String);

impl Slot {
    /// The slot that is meant for an outbox table where nobody says otherwise.
    ///
    /// ```
    /// use evt_runtime::outbox::Slot;
    ///
    /// assert_eq!(Slot::of("tenant-7.Out box").as_str(), "tenant_7_out_box_capture");
    /// ```
    #[must_use]
    pub fn of(table: &str) -> Self {
        let plain = |sign: char| if is_plain(sign) { sign } else { '_' };
        let name: String = table.to_ascii_lowercase().chars().map(plain).chain("_capture".chars()).collect();
        // Each sign is one byte by now.
        Self(name[name.len().saturating_sub(MAX_SLOT_BYTES)..].to_owned())
    }

    /// The name.
    ///
    /// ```
    /// assert_eq!(evt_runtime::outbox::Slot::of("t").as_str(), "t_capture");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plain(sign: char) -> bool {
    matches!(sign, 'a'..='z' | '0'..='9' | '_')
}

impl FromStr for Slot {
    type Err = BadSlot;

    fn from_str(text: &str) -> Result<Self, BadSlot> {
        let is_name = (1..=MAX_SLOT_BYTES).contains(&text.len()) && text.chars().all(is_plain);
        if is_name { Ok(Self(text.to_owned())) } else { Err(BadSlot(text.to_owned())) }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What lets a reader of the log publish the `broker` events, from then on; `role` is the reader's. Each statement is a
/// transaction of its own; the server needs `wal_level = logical`, and must be a PostgreSQL 15 or later.
///
/// The publication comes first: a slot cannot read what was written before there was one. The slot is made, and the
/// audit says from which place on it has every event, in one statement: a second slot of the same name is refused, and
/// says nothing.
///
/// # Errors
/// A table's name that cannot be.
///
/// ```
/// use evt_runtime::outbox::{Slot, capture_sql};
///
/// let statements = capture_sql("evt_outbox", &Slot::of("evt_outbox"), "debezium")?;
/// assert_eq!(
///     statements[0],
///     r#"CREATE PUBLICATION "evt_outbox_capture" FOR TABLE "evt_outbox" WHERE (route = 'broker') WITH (publish = 'insert')"#
/// );
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
pub fn capture_sql(table: &str, slot: &Slot, role: &str) -> Result<Vec<String>, MigrateError> {
    let table = parse(Dialect::Postgres, table)?;
    let role = role.replace('"', "\"\"");
    let (content, audit, literal) = (table.quoted(""), table.quoted("_audit"), table.literal(""));
    let publication = format!(
        "CREATE PUBLICATION \"{slot}\" FOR TABLE {content} WHERE (route = 'broker') WITH (publish = 'insert')"
    );
    // Each part stands on the one before, so that the place is asked for behind the slot, and the transaction's number
    // behind the place. Whoever may not see the place would get none: then the audit holds none either.
    let slot = format!(
        "WITH made AS MATERIALIZED (\n  \
           SELECT slot_name, pg_get_serial_sequence({literal}, 'seq') AS places\n  \
           FROM pg_create_logical_replication_slot('{slot}', 'pgoutput')\n\
         ), place AS MATERIALIZED (\n  \
           SELECT slot_name, CASE WHEN has_sequence_privilege(places, 'SELECT, USAGE')\n  \
           THEN coalesce(pg_sequence_last_value(places::regclass), 0) END AS seq FROM made\n\
         ), said AS MATERIALIZED (\n  \
           SELECT slot_name, seq, pg_current_xact_id()::text AS xid FROM place\n\
         )\n\
         INSERT INTO {audit} (actor, role, action, filter, ended_at)\n\
         SELECT 'evt export debezium', current_user, 'capture',\n  \
         json_build_object('slot', slot_name, 'after', seq, 'xid', xid), clock_timestamp() FROM said"
    );
    let schema = table.schema().map(|schema| format!("GRANT USAGE ON SCHEMA {schema} TO \"{role}\""));
    let rights = [Some(format!("ALTER ROLE \"{role}\" LOGIN REPLICATION")), schema];
    let read = format!("GRANT SELECT ON {content} TO \"{role}\"");
    Ok([publication, slot].into_iter().chain(rights.into_iter().flatten()).chain([read]).collect())
}

#[cfg(test)]
mod tests {
    use super::{Slot, capture_sql};

    #[test]
    fn a_slot_has_a_name_that_postgresql_takes() {
        for name in ["", "Farm", "a-b", "é", "a b", "a.b", &"x".repeat(64)] {
            assert!(name.parse::<Slot>().is_err(), "{name}");
        }
        for table in ["evt_outbox", "Hof.Äpfel & Birnen", &format!("{}.{}", "s".repeat(63), "t".repeat(40))]
        {
            let slot = Slot::of(table);
            assert_eq!(slot.as_str().parse(), Ok(slot.clone()), "{table}");
        }
    }

    #[test]
    fn names_are_quoted() {
        let slot = Slot::of("ten\"ant.Out'box");
        let statements = capture_sql("ten\"ant.Out'box", &slot, "dr\"e").unwrap().join(";\n");
        insta::assert_snapshot!(statements, @r#"
        CREATE PUBLICATION "ten_ant_out_box_capture" FOR TABLE "ten""ant"."Out'box" WHERE (route = 'broker') WITH (publish = 'insert');
        WITH made AS MATERIALIZED (
          SELECT slot_name, pg_get_serial_sequence('"ten""ant"."Out''box"', 'seq') AS places
          FROM pg_create_logical_replication_slot('ten_ant_out_box_capture', 'pgoutput')
        ), place AS MATERIALIZED (
          SELECT slot_name, CASE WHEN has_sequence_privilege(places, 'SELECT, USAGE')
          THEN coalesce(pg_sequence_last_value(places::regclass), 0) END AS seq FROM made
        ), said AS MATERIALIZED (
          SELECT slot_name, seq, pg_current_xact_id()::text AS xid FROM place
        )
        INSERT INTO "ten""ant"."Out'box_audit" (actor, role, action, filter, ended_at)
        SELECT 'evt export debezium', current_user, 'capture',
          json_build_object('slot', slot_name, 'after', seq, 'xid', xid), clock_timestamp() FROM said;
        ALTER ROLE "dr""e" LOGIN REPLICATION;
        GRANT USAGE ON SCHEMA "ten""ant" TO "dr""e";
        GRANT SELECT ON "ten""ant"."Out'box" TO "dr""e"
        "#);
    }
}
