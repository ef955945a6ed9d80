//! Rows as statements write them.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::database::wait;

/// What is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// Events for the broker whose key goes on without a dead letter.
    Continues,
    /// The same whose key halts.
    Halts,
    /// Events for the handlers of services.
    Durable,
}

/// A statement of PostgreSQL that writes a row for each key, in this order; `-` is none.
pub(crate) fn of_postgres(keys: &[&str], what: What) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("'{key}'")).collect();
    format!(
        "WITH content AS (INSERT INTO evt_outbox ({COLUMNS}) \
         SELECT id, {}, get_byte(decode(md5(coalesce(key, id::text)), 'hex'), 0) & 63, key, '{{}}', now() \
         FROM (SELECT gen_random_uuid() AS id, nullif(key, '-') AS key, number \
         FROM unnest(ARRAY[{}]) WITH ORDINALITY AS given(key, number)) AS row \
         WHERE pg_current_xact_id() IS NOT NULL ORDER BY number RETURNING seq, route, lane) \
         INSERT INTO evt_outbox_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM content",
        values(what),
        keys.join(", ")
    )
}

/// The same for SQLite, in a transaction.
pub(crate) fn of_sqlite(keys: &[&str], what: What) -> String {
    let keys: Vec<_> = keys.iter().enumerate().map(|(number, key)| format!("({number}, '{key}')")).collect();
    format!(
        "BEGIN IMMEDIATE; INSERT INTO evt_outbox ({COLUMNS}) \
         SELECT lower(hex(randomblob(4))) || '-0000-7000-8000-' || lower(hex(randomblob(6))), {}, 0, \
         nullif(column2, '-'), '{{}}', strftime('%Y-%m-%dT%H:%M:%fZ', 'now') \
         FROM (VALUES {}) ORDER BY column1; \
         INSERT INTO evt_outbox_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM evt_outbox \
         WHERE seq > max(coalesce((SELECT max(seq) FROM evt_outbox_work), 0), \
         coalesce((SELECT max(seq) FROM evt_outbox_published), 0)); COMMIT",
        values(what),
        keys.join(", ")
    )
}

const COLUMNS: &str = "id, event_name, event_version, fingerprint, event_type, process_type, source, route, \
     on_dead_letter, lane, partition_key, payload, occurred_at";

fn values(what: What) -> &'static str {
    match what {
        What::Continues => "'cow_fed', 1, '0f3a', 'domain', 'broker', 'urn:evt:farm', 'broker', 'continue'",
        What::Halts => "'cow_fed', 1, '0f3a', 'domain', 'broker', 'urn:evt:farm', 'broker', 'halt'",
        What::Durable => {
            "'cow_milked', 1, '0f3a', 'domain', 'durable', 'urn:evt:farm', 'durable', 'continue'"
        }
    }
}

/// Runs statements in a database of either kind.
pub(crate) fn run(url: &str, sql: &str) {
    let done = wait(async {
        if url.starts_with("sqlite:") {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut sqlite(url).await?).await?;
        } else {
            let mut connection = PgConnection::connect(url).await?;
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok::<_, sqlx::Error>(())
    });
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// A connection that waits for other writers.
pub(crate) async fn sqlite(url: &str) -> sqlx::Result<SqliteConnection> {
    let options: SqliteConnectOptions = url.parse()?;
    SqliteConnection::connect_with(&options.busy_timeout(std::time::Duration::from_secs(30))).await
}
