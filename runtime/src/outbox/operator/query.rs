use std::fmt::Write as _;

use jiff::Timestamp;
use uuid::Uuid;

use crate::outbox::Dialect;

/// A statement that is put together piece by piece. Values never stand in its text.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    dialect: Dialect,
    sql: String,
    args: Vec<Arg>,
}

/// A value of a statement.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
}

impl Arg {
    /// A text that PostgreSQL cannot take.
    pub(crate) fn with_nul(&self) -> Option<&str> {
        match self {
            Self::Int(_) => None,
            Self::Text(text) => text.as_deref().filter(|text| text.contains('\0')),
        }
    }
}

/// 0001-01-01T00:00:00Z: PostgreSQL writes years before it otherwise, and no row is older.
const FIRST_SECOND: i64 = -62_135_596_800;

impl Query {
    /// Begins with `sql`, where `{T}`, `{T_work}` … stand for the tables.
    pub(crate) fn new(dialect: Dialect, sql: impl Into<String>) -> Self {
        Self { dialect, sql: sql.into(), args: Vec::new() }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn push(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self
    }

    pub(crate) fn int(mut self, value: impl Into<Option<i64>>) -> Self {
        self.args.push(Arg::Int(value.into()));
        self.place()
    }

    pub(crate) fn text(mut self, value: impl Into<String>) -> Self {
        self.args.push(Arg::Text(Some(value.into())));
        self.place()
    }

    pub(crate) fn maybe_text(mut self, value: Option<&str>) -> Self {
        self.args.push(Arg::Text(value.map(str::to_owned)));
        self.place()
    }

    /// A UUID.
    pub(crate) fn id(self, value: impl Into<Option<Uuid>>) -> Self {
        let text = value.into().map(|id| id.to_string());
        let query = self.maybe_text(text.as_deref());
        match query.dialect {
            Dialect::Postgres => query.push("::uuid"),
            Dialect::Sqlite => query,
        }
    }

    /// A list of numbers, as a column holds it.
    pub(crate) fn list(self, values: &[i64]) -> Self {
        match self.dialect {
            Dialect::Postgres => self.text(array(values)).push("::bigint[]"),
            Dialect::Sqlite => self.text(serde_json::Value::from(values).to_string()),
        }
    }

    /// An instant, to be compared with one that the database's clock gave: SQLite's has milliseconds.
    pub(crate) fn time(self, value: Timestamp) -> Self {
        match self.dialect {
            Dialect::Postgres => {
                let first = Timestamp::from_second(FIRST_SECOND).expect("jiff knows the year 1");
                self.text(format!("{:.6}", value.max(first))).push("::timestamptz")
            }
            Dialect::Sqlite => self.text(format!("{value:.3}")),
        }
    }

    /// Is one of `values`. PostgreSQL plans with their number.
    pub(crate) fn one_of(self, values: &[i64]) -> Self {
        match self.dialect {
            Dialect::Postgres => self.push(" = ANY(").list(values).push(")"),
            Dialect::Sqlite => self.one_of_json(&serde_json::Value::from(values)),
        }
    }

    /// Is one of `ids`, which are UUIDs.
    pub(crate) fn one_of_ids(self, ids: &[String]) -> Self {
        match self.dialect {
            Dialect::Postgres => {
                self.push(" = ANY(").text(format!("{{{}}}", ids.join(","))).push("::uuid[])")
            }
            Dialect::Sqlite => self.one_of_json(&serde_json::Value::from(ids)),
        }
    }

    fn one_of_json(self, values: &serde_json::Value) -> Self {
        self.push(" IN (SELECT value FROM json_each(").text(values.to_string()).push("))")
    }

    /// The database's clock, moved by milliseconds.
    pub(crate) fn now_plus(self, milliseconds: i64) -> Self {
        match self.dialect {
            Dialect::Postgres => self
                .push("clock_timestamp() + make_interval(secs => ")
                .int(milliseconds)
                .push("::double precision / 1000)"),
            Dialect::Sqlite => self
                .push("strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (")
                .int(milliseconds)
                .push(" / 1000.0) || ' seconds')"),
        }
    }

    fn place(mut self) -> Self {
        write!(self.sql, "${}", self.args.len()).expect("a string takes what is written");
        self
    }

    pub(crate) fn into_parts(self) -> (String, Vec<Arg>) {
        (self.sql, self.args)
    }
}

/// An array as PostgreSQL reads it.
pub(crate) fn array(values: &[i64]) -> String {
    let values: Vec<_> = values.iter().map(i64::to_string).collect();
    format!("{{{}}}", values.join(","))
}

/// Looks up the row of `table` for each row of the tables before it, by a key. What else a database could do, such as
/// reading all of `table` once, is slow where its idea of how many rows there are is wrong: `OFFSET 0` and `CROSS JOIN`
/// keep it from that.
pub(crate) fn beside(dialect: Dialect, table: &str, name: &str, on: &str) -> String {
    match dialect {
        Dialect::Postgres => {
            format!("CROSS JOIN LATERAL (SELECT * FROM {table} AS {name} WHERE {on} OFFSET 0) AS {name}")
        }
        Dialect::Sqlite => format!("CROSS JOIN {table} AS {name} ON {on}"),
    }
}

/// The same where there may be none.
pub(crate) fn maybe_beside(dialect: Dialect, table: &str, name: &str, on: &str) -> String {
    match dialect {
        Dialect::Postgres => {
            format!(
                "LEFT JOIN LATERAL (SELECT * FROM {table} AS {name} WHERE {on} OFFSET 0) AS {name} ON true"
            )
        }
        Dialect::Sqlite => format!("LEFT JOIN {table} AS {name} ON {on}"),
    }
}

/// The database's clock.
pub(crate) fn now(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "clock_timestamp()",
        Dialect::Sqlite => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    }
}

/// An instant as text.
pub(crate) fn time(dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Postgres => {
            format!(r#"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"#)
        }
        Dialect::Sqlite => column.to_owned(),
    }
}
