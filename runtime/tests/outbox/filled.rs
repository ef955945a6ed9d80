//! An outbox with many rows, made by a few statements.

use evt_runtime::outbox::Dialect;

/// How many rows are in which state; they are stored in this order, a second apart, the last one now.
#[derive(Clone, Copy)]
pub(crate) struct Filled {
    /// Published rows; dead ones are spread evenly among them.
    pub(crate) published: u32,
    pub(crate) dead: u32,
    pub(crate) retrying: u32,
    pub(crate) discarded: u32,
    pub(crate) pending: u32,
    /// How many aggregates the rows are of. The key of each twentieth one waits for its last row that is retried.
    pub(crate) aggregates: u32,
}

impl Filled {
    pub(crate) fn rows(self) -> u32 {
        self.published + self.dead + self.retrying + self.discarded + self.pending
    }

    /// The statements; `{T}` stands for the table.
    pub(crate) fn statements(self, dialect: Dialect) -> Vec<String> {
        let all = [CONTENT, WORK, PUBLISHED, KEY, ATTEMPT, REPLACED, REPLACED_WORK, AUDIT];
        all.iter().map(|template| self.statement(dialect, template)).collect()
    }

    fn statement(self, dialect: Dialect, template: &str) -> String {
        let old = self.published + self.dead;
        let retrying = old + self.retrying;
        let discarded = retrying + self.discarded;
        let state = format!(
            "CASE WHEN n <= {old} AND {IS_DEAD} THEN 'dead' WHEN n <= {old} THEN 'published' \
             WHEN n <= {retrying} THEN 'retrying' WHEN n <= {discarded} THEN 'discarded' ELSE 'pending' END"
        );
        let numbers = match dialect {
            Dialect::Postgres => format!("generate_series(1, {}) AS numbers(n)", self.rows()),
            Dialect::Sqlite => format!(
                "(WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {}) \
                 SELECT n FROM numbers)",
                self.rows()
            ),
        };
        let (id, ago, json, lane) = match dialect {
            Dialect::Postgres => (
                "lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000'",
                "now() - make_interval(secs => {rows} - n)",
                "::json",
                "n % {aggregates} % 64",
            ),
            Dialect::Sqlite => (
                "printf('%08x-0000-7000-8000-000000000000', n)",
                "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (n - {rows}) || ' seconds')",
                "",
                "0",
            ),
        };
        let uuid = if dialect == Dialect::Postgres { "::uuid" } else { "" };
        let sql = template
            .replace("{state}", &state)
            .replace("{numbers}", &numbers)
            .replace("{id}", &format!("({id}){uuid}"))
            .replace("{ago}", ago)
            .replace("{json}", json)
            .replace("{payload}", &format!("{{\"note\":\"{}\"}}", "hay ".repeat(72)))
            .replace("{lane}", lane)
            .replace("{uuid}", uuid);
        let sql = sql.replace("{dead}", &self.dead.to_string()).replace("{old}", &old.to_string());
        sql.replace("{rows}", &self.rows().to_string()).replace("{aggregates}", &self.aggregates.to_string())
    }

    /// The id of the row at a place.
    pub(crate) fn id(seq: u32) -> evt_runtime::types::Uuid {
        format!("{seq:08x}-0000-7000-8000-000000000000").parse().unwrap()
    }
}

/// Spreads so many dead rows among the old ones.
const IS_DEAD: &str = "CAST(n AS bigint) * {dead} / {old} <> (CAST(n AS bigint) - 1) * {dead} / {old}";

const CONTENT: &str = "INSERT INTO {T} (id, event_name, event_version, fingerprint, event_type, process_type, source, \
     route, lane, partition_key, payload, occurred_at, created_at, aggregate_type, aggregate_id) \
     SELECT {id}, CASE WHEN n % 1000 = 7 THEN 'cow_sold' WHEN n % 10 = 1 THEN 'cow_milked' ELSE 'cow_fed' END, \
     2, '0f3a', 'domain', 'broker', 'urn:evt:farm', 'broker', {lane}, 'Cow/' || n % {aggregates}, \
     '{payload}'{json}, {ago}, {ago}, 'Cow', CAST(n % {aggregates} AS text) FROM {numbers} ORDER BY n";

const WORK: &str = "INSERT INTO {T}_work (seq, content_seq, route, lane, state, attempts, available_at, dead_lettered_at, \
     discarded_at, last_error_at, last_error_code, last_error_text) \
     SELECT n, n, 'broker', {lane}, state, CASE WHEN state = 'pending' THEN 0 ELSE 12 END, \
     CASE WHEN state = 'retrying' THEN {ago} END, CASE WHEN state IN ('dead', 'discarded') THEN {ago} END, \
     CASE WHEN state = 'discarded' THEN {ago} END, CASE WHEN state <> 'pending' THEN {ago} END, \
     CASE WHEN state <> 'pending' THEN CASE n % 3 WHEN 0 THEN '413' WHEN 1 THEN '422' ELSE '503' END END, \
     CASE WHEN state <> 'pending' THEN 'row ' || n || ' was refused' END \
     FROM (SELECT n, {state} AS state FROM {numbers}) AS each_row WHERE state <> 'published' ORDER BY n";

const PUBLISHED: &str = "INSERT INTO {T}_published (seq, at, attempts) SELECT n, {ago}, 1 \
     FROM (SELECT n, {state} AS state FROM {numbers}) AS each_row WHERE state = 'published' ORDER BY n";

const KEY: &str = "INSERT INTO {T}_key (route, partition_key, lane, head_seq) \
     SELECT 'broker', content.partition_key, min(content.lane), max(content.seq) FROM {T} AS content \
     JOIN {T}_work AS work ON work.seq = content.seq WHERE work.state = 'retrying' \
     AND content.seq % {aggregates} % 20 = 0 GROUP BY content.partition_key";

const ATTEMPT: &str = "INSERT INTO {T}_attempt (seq, attempt, error_code, error_text) \
     SELECT seq, 12, last_error_code, last_error_text FROM {T}_work WHERE state <> 'pending' ORDER BY seq";

/// Each hundredth row was corrected once.
const REPLACED: &str = "INSERT INTO {T} (id, event_name, event_version, fingerprint, event_type, process_type, source, \
     route, lane, partition_key, payload, occurred_at, aggregate_type, aggregate_id, replaces) \
     SELECT {id}, event_name, 3, fingerprint, event_type, process_type, source, route, lane, partition_key, payload, \
     occurred_at, aggregate_type, aggregate_id, id FROM (SELECT content.*, content.seq + {rows} AS n FROM {T} AS content \
     WHERE content.seq % 100 = 0) AS content ORDER BY n";

const REPLACED_WORK: &str = "UPDATE {T}_work SET content_seq = (SELECT max(newer.seq) FROM {T} AS newer \
     WHERE newer.replaces = (SELECT id FROM {T} AS content WHERE content.seq = {T}_work.seq)) WHERE seq % 100 = 0";

const AUDIT: &str = "INSERT INTO {T}_audit (actor, action, filter) SELECT 'anna', 'retry', '{}' FROM {numbers} \
     WHERE n % 10 = 0";

#[expect(clippy::disallowed_methods, reason = "the rows of these tests are as old as the tests say")]
pub(crate) fn now() -> evt_runtime::types::Timestamp {
    evt_runtime::types::Timestamp::now()
}
