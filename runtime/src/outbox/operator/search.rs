//! Where rows are looked for. Each filter has an index; the table that narrows most is read first, and only those that
//! the filter asks about are read at all.

use uuid::Uuid;

use super::query::{Query, beside, maybe_beside};
use super::{Filter, State};
use crate::outbox::Dialect;

/// Whether a row of `work` and `content` waits for an earlier one of its key.
///
/// Without `OFFSET 0` PostgreSQL makes a join of it.
pub(super) const IS_HELD: &str = "EXISTS (SELECT 1 FROM {T_key} AS key WHERE key.route = content.route \
     AND key.partition_key = content.partition_key AND key.head_seq < work.seq LIMIT 1 OFFSET 0)";

/// Rows that may wait so: none stands before the first that another one waits for.
const MAY_BE_HELD: &str =
    "work.state IN ('pending', 'retrying') AND work.seq > (SELECT min(head_seq) FROM {T_key})";

/// How many rows wait for an earlier one of their key, by `columns` of `key` and `work`. It reads what waits once, however
/// many keys there are.
pub(super) fn held(dialect: Dialect, columns: &str) -> String {
    let content = content(dialect);
    let key = beside(
        dialect,
        "{T_key}",
        "key",
        "key.route = content.route AND key.partition_key = content.partition_key AND key.head_seq < work.seq",
    );
    format!(
        "SELECT {columns}, count(*) AS number FROM {{T_work}} AS work {content} {key} \
         WHERE {MAY_BE_HELD} GROUP BY {columns}"
    )
}

/// The content of a row of work.
pub(super) fn content(dialect: Dialect) -> String {
    beside(dialect, "{T}", "content", "content.seq = work.seq")
}

/// The table that is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// All rows, and the corrections of some.
    Content,
    /// Rows that are not published.
    Work,
    /// Those that are.
    Published,
}

/// In what order rows come out of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// By place.
    Seq,
    /// By the instant at which they were stored, then by place.
    CreatedAt,
}

/// The rows that a filter names.
#[derive(Debug)]
pub(super) struct Search<'f> {
    filter: &'f Filter,
    dialect: Dialect,
    lead: Lead,
    /// Whether all of them are in `T_work`.
    is_work: bool,
}

impl<'f> Search<'f> {
    pub(super) fn new(dialect: Dialect, filter: &'f Filter) -> Self {
        let states = &filter.states;
        // What was published has no error.
        let is_work = filter.error.is_some() || !states.is_empty() && !states.contains(&State::Published);
        let names_few = filter.aggregate.is_some() || !filter.ids.is_empty();
        let has_time = filter.since.is_some() || filter.until.is_some();
        let lead = if names_few {
            Lead::Content
        } else if is_work {
            Lead::Work
        } else if states.as_slice() == [State::Published] && filter.event.is_none() && !has_time {
            Lead::Published
        } else {
            Lead::Content
        };
        Self { filter, dialect, lead, is_work }
    }

    /// The place of a row.
    pub(super) fn seq(&self) -> &'static str {
        match self.lead {
            Lead::Content => "content.seq",
            Lead::Work => "work.seq",
            Lead::Published => "published.seq",
        }
    }

    /// The order that costs no sorting: the indexes of events and of time are in the order of time.
    pub(super) fn order(&self) -> Order {
        let Filter { event, since, until, .. } = self.filter;
        let is_by_time = event.is_some() || since.is_some() || until.is_some();
        if self.lead == Lead::Content && is_by_time && !self.names_few() {
            Order::CreatedAt
        } else {
            Order::Seq
        }
    }

    /// Whether rows are found by their instant alone, for which PostgreSQL has no index: it would cost each writer
    /// something, and that of events serves, as there are few of them.
    pub(super) fn needs_names(&self) -> bool {
        self.dialect == Dialect::Postgres && self.order() == Order::CreatedAt && self.filter.event.is_none()
    }

    /// Whether the filter names single rows, or those of one aggregate.
    fn names_few(&self) -> bool {
        self.filter.aggregate.is_some() || !self.filter.ids.is_empty()
    }

    /// The tables that the conditions ask about.
    pub(super) fn tables(&self) -> String {
        match self.lead {
            Lead::Work if !self.asks_for_content() => "FROM {T_work} AS work".to_owned(),
            Lead::Published => "FROM {T_published} AS published".to_owned(),
            Lead::Work | Lead::Content => self.tables_with_content(),
        }
    }

    /// The same, always with `content`.
    pub(super) fn tables_with_content(&self) -> String {
        if self.lead == Lead::Work {
            return format!("FROM {{T_work}} AS work {}", content(self.dialect));
        }
        let (is_work, states) = ("work.seq = content.seq", &self.filter.states);
        let work = if self.is_work {
            beside(self.dialect, "{T_work}", "work", is_work)
        } else if states.iter().any(|state| *state != State::Published) {
            maybe_beside(self.dialect, "{T_work}", "work", is_work)
        } else {
            String::new()
        };
        let published = if self.is_work || states.is_empty() {
            String::new()
        } else {
            maybe_beside(self.dialect, "{T_published}", "published", "published.seq = content.seq")
        };
        format!("FROM {{T}} AS content {work} {published}")
    }

    fn asks_for_content(&self) -> bool {
        let Filter { states, event, since, until, .. } = self.filter;
        let has_time = since.is_some() || until.is_some();
        let is_of_key = |state: &State| matches!(state, State::Pending | State::Retrying | State::Held);
        event.is_some() || has_time && !self.is_dead() || states.iter().any(is_of_key) && !waits(states)
    }

    fn is_dead(&self) -> bool {
        self.filter.states.as_slice() == [State::Dead]
    }

    /// Adds the conditions, which begin with `WHERE`.
    pub(super) fn narrow(&self, mut query: Query) -> Query {
        let filter = self.filter;
        // A correction is no row of its own; none of the other tables has any.
        query = query.push(if self.lead == Lead::Content {
            " WHERE content.replaces IS NULL"
        } else {
            " WHERE 1 = 1"
        });
        if !filter.states.is_empty() {
            query = query.push(&format!(" AND {}", self.states()));
        }
        if let Some(event) = &filter.event {
            let column = self.seconded("content.event_name", self.names_few());
            query = query.push(&format!(" AND {column} = ")).text(event);
        }
        if let Some((kind, id)) = &filter.aggregate {
            let has_ids = !filter.ids.is_empty();
            let [of_kind, of_id] = ["content.aggregate_type", "content.aggregate_id"]
                .map(|column| self.seconded(column, has_ids));
            query = query.push(&format!(" AND {of_kind} = ")).text(kind);
            query = query.push(&format!(" AND {of_id} = ")).text(id);
        }
        if let Some(error) = &filter.error {
            query = self.failed(query, error);
        }
        query = self.timed(query);
        if !filter.ids.is_empty() {
            let ids: Vec<_> = filter.ids.iter().map(Uuid::to_string).collect();
            query = query.push(" AND content.id").one_of_ids(&ids);
        }
        query
    }

    /// A column whose index SQLite, which knows nothing of the numbers of rows, is not to take where there is a better one.
    fn seconded(&self, column: &str, is_second: bool) -> String {
        let is_second = is_second && self.dialect == Dialect::Sqlite;
        if is_second { format!("+{column}") } else { column.to_owned() }
    }

    fn states(&self) -> String {
        let states = &self.filter.states;
        if states.as_slice() == [State::Held] {
            return format!("{MAY_BE_HELD} AND {IS_HELD}");
        }
        let mut of_key = waits(states).then(|| "work.state IN ('pending', 'retrying')".to_owned());
        let conditions = states.iter().filter_map(|state| match state {
            State::Published if self.is_work => Some("1 = 0".to_owned()),
            State::Published => Some("published.seq IS NOT NULL".to_owned()),
            State::Dead | State::Discarded => Some(format!("work.state = '{state}'")),
            State::Pending | State::Retrying | State::Held if waits(states) => of_key.take(),
            State::Pending | State::Retrying => Some(format!("(work.state = '{state}' AND NOT {IS_HELD})")),
            State::Held => Some(format!("({MAY_BE_HELD} AND {IS_HELD})")),
        });
        let conditions: Vec<_> = conditions.collect();
        match &conditions[..] {
            [only] => only.clone(),
            several => format!("({})", several.join(" OR ")),
        }
    }

    /// What the last error says, as lists print it, without regard to the case of ASCII letters.
    fn failed(&self, query: Query, error: &str) -> Query {
        let said = "coalesce(work.last_error_code || ': ' || work.last_error_text, work.last_error_code, \
                    work.last_error_text)";
        // By the rules of `C` PostgreSQL knows no other letters; SQLite never does.
        let found = match self.dialect {
            Dialect::Postgres => format!(r#"strpos(lower({said} COLLATE "C"), "#),
            Dialect::Sqlite => format!("instr(lower({said}), "),
        };
        let query = query.push(&format!(" AND work.last_error_at IS NOT NULL AND {found}"));
        query.text(error.to_ascii_lowercase()).push(") > 0")
    }

    fn timed(&self, mut query: Query) -> Query {
        let column = if self.is_dead() {
            "work.dead_lettered_at".to_owned()
        } else {
            self.seconded("content.created_at", self.names_few())
        };
        for (bound, sign) in [(self.filter.since, ">="), (self.filter.until, "<")] {
            if let Some(instant) = bound {
                query = query.push(&format!(" AND {column} {sign} ")).time(instant);
            }
        }
        query
    }
}

/// Whether all that waits is meant, whatever it waits for.
fn waits(states: &[State]) -> bool {
    [State::Pending, State::Retrying, State::Held].iter().all(|state| states.contains(state))
}
