use std::fmt::Write as _;

use jiff::Timestamp;

use crate::outbox::Dialect;

/// A statement that is put together piece by piece. Values never stand in its text.
#[derive(Debug)]
pub(super) struct Query {
    dialect: Dialect,
    sql: String,
    args: Vec<Arg>,
}

/// A value of a statement.
#[derive(Debug)]
pub(super) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
}

impl Query {
    /// Begins with `sql`, where `{T}`, `{T_work}` … stand for the tables.
    pub(super) fn new(dialect: Dialect, sql: impl Into<String>) -> Self {
        Self { dialect, sql: sql.into(), args: Vec::new() }
    }

    pub(super) fn push(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self
    }

    pub(super) fn int(mut self, value: impl Into<Option<i64>>) -> Self {
        self.args.push(Arg::Int(value.into()));
        self.place()
    }

    pub(super) fn text(mut self, value: impl Into<String>) -> Self {
        self.args.push(Arg::Text(Some(value.into())));
        self.place()
    }

    pub(super) fn maybe_text(mut self, value: Option<&str>) -> Self {
        self.args.push(Arg::Text(value.map(str::to_owned)));
        self.place()
    }

    /// An instant, to be compared with one that the database's clock gave: SQLite's has milliseconds.
    pub(super) fn time(self, value: Timestamp) -> Self {
        match self.dialect {
            Dialect::Postgres => self.text(format!("{value:.6}")).push("::timestamptz"),
            Dialect::Sqlite => self.text(format!("{value:.3}")),
        }
    }

    /// `IN (…)` any of `values`.
    pub(super) fn one_of(self, values: &[i64]) -> Self {
        let json = serde_json::Value::from(values).to_string();
        match self.dialect {
            Dialect::Postgres => self
                .push(" IN (SELECT value::bigint FROM json_array_elements_text(")
                .text(json)
                .push("::json) AS given(value))"),
            Dialect::Sqlite => self.push(" IN (SELECT value FROM json_each(").text(json).push("))"),
        }
    }

    /// The database's clock, moved by milliseconds.
    pub(super) fn now_plus(self, milliseconds: i64) -> Self {
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

    pub(super) fn into_parts(self) -> (String, Vec<Arg>) {
        (self.sql, self.args)
    }
}

/// The database's clock.
pub(super) fn now(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "clock_timestamp()",
        Dialect::Sqlite => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    }
}

/// An instant as text.
pub(super) fn time(dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Postgres => {
            format!(r#"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"#)
        }
        Dialect::Sqlite => column.to_owned(),
    }
}
