use std::collections::HashMap;
use std::sync::Arc;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, GenericClient, Row, Statement};

use super::insert;
use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::EmitError;

/// How many stay on a connection, as in sqlx: a table needs nine at most.
const MOST: usize = 100;
/// How many of them may be lost: who stopped waiting for one to be prepared never learns its name.
const MOST_LOST: usize = 10;

/// The statements that one connection of tokio-postgres has prepared to write events. A service that keeps them beside its
/// client has each of them parsed and planned once; through the client alone, that is done for every event.
///
/// They are of that connection. Behind a pooler that gives each transaction another one (PgBouncer's
/// `pool_mode = transaction`, without `max_prepared_statements`), write through the client, or
/// [`set_prepared`](crate::outbox::set_prepared) to never. A hundred are kept: who writes to more than a dozen of tables in
/// turn is as quick without them. After ten times that nobody waited for one to be prepared, no more are.
///
/// ```
/// use evt_runtime::outbox::PreparedStatements;
/// use evt_runtime::{EmitError, Emission, Event};
///
/// async fn write<E: Event>(
///     tx: &tokio_postgres::Transaction<'_>,
///     statements: &mut PreparedStatements,
///     emission: Emission<E>,
/// ) -> Result<(), EmitError> {
///     emission.emit(&mut statements.on(tx)).await?;
///     Ok(())
/// }
/// ```
#[derive(Default)]
pub struct PreparedStatements {
    kept: HashMap<Arc<str>, Statement>,
    /// Those of which the answer was not waited for.
    lost: usize,
}

impl std::fmt::Debug for PreparedStatements {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_set().entries(self.kept.keys()).finish()
    }
}

impl PreparedStatements {
    /// The client, or a transaction of it, that events are written to.
    ///
    /// ```
    /// use evt_runtime::outbox::PreparedStatements;
    ///
    /// fn is_connection(client: &tokio_postgres::Client, statements: &mut PreparedStatements) {
    ///     fn takes(_: impl evt_runtime::Connection) {}
    ///     takes(statements.on(client));
    /// }
    /// ```
    pub fn on<'s, C>(&'s mut self, to: &'s C) -> OnPrepared<'s, C> {
        OnPrepared { to, statements: self }
    }

    /// Runs a statement.
    pub(super) async fn query<C: GenericClient + Sync>(
        &mut self,
        to: &C,
        sql: &Arc<str>,
        params: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, Error> {
        let statement = match self.kept.get(sql) {
            Some(statement) => statement.clone(),
            None if self.lost >= MOST_LOST => return to.query_typed(sql, params).await,
            None => self.prepare(to, sql, params).await?,
        };
        let values: Vec<_> = params.iter().map(|(value, _)| *value).collect();
        let answered = to.query(&statement, &values).await;
        if let Err(error) = &answered {
            self.forget(sql, error);
        }
        answered
    }

    async fn prepare<C: GenericClient + Sync>(
        &mut self,
        to: &C,
        sql: &Arc<str>,
        params: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Statement, Error> {
        let types: Vec<_> = params.iter().map(|(_, kind)| kind.clone()).collect();
        if self.kept.len() + self.lost >= MOST {
            self.kept.clear();
        }
        self.lost += 1;
        let prepared = to.prepare_typed(sql, &types).await;
        self.lost -= 1;
        let statement = prepared?;
        self.kept.insert(Arc::clone(sql), statement.clone());
        Ok(statement)
    }

    /// What the connection does not know is prepared again the next time.
    fn forget(&mut self, sql: &Arc<str>, error: &Error) {
        match error.code() {
            // It knows none of them: somebody discarded them, or it is another connection.
            Some(&SqlState::INVALID_SQL_STATEMENT_NAME) => *self = Self::default(),
            // It was prepared for columns that are others now.
            Some(&SqlState::FEATURE_NOT_SUPPORTED) => drop(self.kept.remove(sql)),
            _ => {}
        }
    }
}

/// See [`PreparedStatements::on`].
///
/// ```
/// use evt_runtime::outbox::OnPrepared;
/// use tokio_postgres::Transaction;
///
/// fn is_connection(on: OnPrepared<'_, Transaction<'_>>) {
///     fn takes(_: impl evt_runtime::Connection) {}
///     takes(on);
/// }
/// ```
pub struct OnPrepared<'s, C> {
    to: &'s C,
    statements: &'s mut PreparedStatements,
}

impl<C> std::fmt::Debug for OnPrepared<'_, C> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.statements.fmt(to)
    }
}

impl<C: GenericClient + Sync> Connection for OnPrepared<'_, C> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self.to, Some(self.statements), rows).await
    }
}
