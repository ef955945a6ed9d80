//! What the database does beside the outbox, and how it is set up.

use jiff::Timestamp;

use super::super::query::{Query, time};
use super::super::session::Access;
use super::super::{Outbox, OutboxError};
use super::number;
use crate::outbox::Dialect;

/// How many transactions are told.
const MOST: u32 = 10;

/// A transaction that keeps vacuum from removing rows that are gone since it began.
///
/// ```
/// use evt_runtime::outbox::operator::Transaction;
///
/// fn to_end(transactions: &[Transaction]) -> Vec<i64> {
///     transactions.iter().map(|transaction| transaction.pid).collect()
/// }
/// assert!(to_end(&[]).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The server's process.
    pub pid: i64,
    /// The role.
    pub user: String,
    /// What the client calls itself; may be empty.
    pub application: String,
    /// What it does, such as `idle in transaction`.
    pub state: String,
    /// When it began.
    pub since: Timestamp,
}

/// The transactions that keep vacuum from its work.
///
/// ```
/// assert_eq!(evt_runtime::outbox::operator::Transactions::default().hidden, 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transactions {
    /// The ten oldest.
    pub oldest: Vec<Transaction>,
    /// How many sessions are in a transaction whose age this role may not see.
    pub hidden: u64,
}

/// For whom a commit does not wait for the disk: `synchronous_commit` is off.
///
/// ```
/// use evt_runtime::outbox::operator::Durability;
///
/// let everywhere = Durability { role: None, database: None };
/// assert_eq!(everywhere.role, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Durability {
    /// Whoever connects as this role; `None`: as any.
    pub role: Option<String>,
    /// Where that connects to this database; `None`: to any, or, without a role too, this connection.
    pub database: Option<String>,
}

/// Sessions of this database that hold a snapshot or write.
const HOLDERS: &str = "pg_stat_activity AS activity WHERE activity.datname = current_database() \
     AND activity.pid <> pg_backend_pid() AND (activity.backend_xid IS NOT NULL OR activity.backend_xmin IS NOT NULL)";

impl Outbox {
    /// Vacuum and what it starts hold back nobody else's.
    pub(super) async fn transactions(&self) -> Result<Transactions, OutboxError> {
        let dialect = self.dialect();
        let since = time(dialect, "activity.xact_start");
        let sql = format!(
            "SELECT CAST(activity.pid AS bigint), coalesce(CAST(activity.usename AS text), ''), \
             coalesce(activity.application_name, ''), coalesce(activity.state, ''), {since} FROM {HOLDERS} \
             AND activity.xact_start IS NOT NULL \
             AND activity.backend_type NOT IN ('autovacuum worker', 'parallel worker') \
             AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_vacuum AS vacuum WHERE vacuum.pid = activity.pid) \
             ORDER BY activity.xact_start LIMIT {MOST}"
        );
        let mut session = self.session(Access::Read).await?;
        let rows = session.rows(Query::new(dialect, sql)).await?;
        let oldest = rows.into_iter().map(|mut row| {
            Ok(Transaction {
                pid: row.int()?,
                user: row.text()?,
                application: row.text()?,
                state: row.text()?,
                since: row.time()?,
            })
        });
        let oldest = oldest.collect::<Result<_, OutboxError>>()?;
        let hidden =
            format!("SELECT count(*) FROM {HOLDERS} AND activity.query = '<insufficient privilege>'");
        let hidden = session.row(Query::new(dialect, hidden)).await?;
        Ok(Transactions { oldest, hidden: hidden.map(|mut row| row.int()).transpose()?.map_or(0, number) })
    }

    /// Settings of roles that cannot write events are no matter.
    pub(super) async fn durability(&self) -> Result<Vec<Durability>, OutboxError> {
        let dialect = Dialect::Postgres;
        let table = self.table().literal("");
        let set = format!(
            "SELECT CAST(role.rolname AS text), CAST(database.datname AS text), \
             CAST(CAST(role.rolname IS NULL OR role.rolname = session_user AS integer) AS bigint) \
             FROM pg_db_role_setting AS setting CROSS JOIN LATERAL unnest(setting.setconfig) AS config(said) \
             LEFT JOIN pg_roles AS role ON role.oid = setting.setrole \
             LEFT JOIN pg_database AS database ON database.oid = setting.setdatabase \
             WHERE (setting.setdatabase = 0 OR database.datname = current_database()) \
             AND lower(config.said) IN ('synchronous_commit=off', 'synchronous_commit=false', \
             'synchronous_commit=no', 'synchronous_commit=0') \
             AND (setting.setrole = 0 OR has_table_privilege(setting.setrole, {table}, 'INSERT')) ORDER BY 1, 2"
        );
        let mut session = self.session(Access::Read).await?;
        let (mut found, mut is_explained) = (Vec::new(), false);
        for mut row in session.rows(Query::new(dialect, set)).await? {
            found.push(Durability { role: row.maybe_text()?, database: row.maybe_text()? });
            is_explained |= row.truth()?;
        }
        // What this transaction set for itself is not what the others get.
        let own = "SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'";
        let own = session.row(Query::new(dialect, own)).await?.map(|mut row| row.text()).transpose()?;
        if own.as_deref() == Some("off") && !is_explained {
            found.push(Durability { role: None, database: None });
        }
        Ok(found)
    }

    pub(super) async fn journal_mode(&self) -> Result<Option<String>, OutboxError> {
        let query = Query::new(self.dialect(), "PRAGMA journal_mode");
        let row = self.session(Access::Read).await?.row(query).await?;
        row.map(|mut row| row.text()).transpose()
    }
}
