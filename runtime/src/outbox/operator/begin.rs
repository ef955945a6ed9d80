//! How transactions begin, and what stands in the way to PostgreSQL.

mod sqlite;

use std::pin::pin;
use std::time::Duration;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgPool, Postgres, Transaction};
use tokio::time::timeout;

use super::session::{ANSWER, Pool};
use super::{Outbox, OutboxError};
pub use sqlite::begin_immediate;
pub(super) use sqlite::begin_sqlite;

/// How long a transaction may take to begin before it is asked what stands in the way, and how long the answer may take.
const PATIENCE: Duration = Duration::from_millis(250);
const ASKING: Duration = Duration::from_millis(500);

impl Outbox {
    /// Begins a transaction by a statement. A pool tries again and again where nobody listens, and does not say so before
    /// its time is up; who has waited a moment tries once without it.
    pub(super) async fn begin(
        &self,
        pool: &PgPool,
        sql: String,
    ) -> Result<Transaction<'static, Postgres>, OutboxError> {
        let limit = self.pool.acquire_timeout() + ANSWER;
        let mut begun = pin!(self.in_time(limit, pool.begin_with(AssertSqlSafe(sql))));
        if let Ok(begun) = timeout(PATIENCE, begun.as_mut()).await {
            return begun;
        }
        let obstacle = obstacle(pool).await;
        match &obstacle {
            Some(sqlx::Error::Io(_)) => {}
            Some(_) | None => match begun.await {
                Err(OutboxError::Unreachable { .. }) if obstacle.is_some() => {}
                begun => return begun,
            },
        }
        Err(self.refused(obstacle.expect("the other case returned")))
    }
}

/// Why a connection is not made, if that is so and soon said.
async fn obstacle(pool: &PgPool) -> Option<sqlx::Error> {
    match timeout(ASKING, pool.connect_options().connect()).await.ok()? {
        Ok(connection) => {
            drop(connection.close().await);
            None
        }
        Err(error) => Some(error),
    }
}

impl Pool {
    /// How long a connection may take.
    pub(super) fn acquire_timeout(&self) -> Duration {
        match self {
            Self::Postgres(pool) => pool.options().get_acquire_timeout(),
            Self::Sqlite(pool) => pool.options().get_acquire_timeout(),
        }
    }
}
