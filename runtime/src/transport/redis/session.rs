//! A connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionInfo, IntoConnectionInfo as _, RedisError, RedisResult,
};

use super::super::address::Address;
use super::super::link::{Alive, WAIT};
use super::super::tls;
use super::answer;
use super::entry::Entry;
use crate::relay::Outcome;

/// The longest value that a server takes unless configured.
const LONGEST_VALUE: usize = 512 << 20;

/// See the module.
#[derive(Clone)]
pub(super) struct Session {
    connection: MultiplexedConnection,
    longest_value: usize,
    is_lost: Arc<AtomicBool>,
}

impl Alive for Session {
    fn is_alive(&self) -> bool {
        !self.is_lost.load(Ordering::Relaxed)
    }
}

impl Session {
    pub(super) fn longest_value(&self) -> usize {
        self.longest_value
    }

    pub(super) async fn add(&self, entry: &Entry<'_>, most: Option<u64>) -> Result<(), Outcome> {
        let added: RedisResult<String> = entry.command(most).query_async(&mut self.connection.clone()).await;
        added.map(drop).map_err(|error| self.failed(error))
    }

    /// Adds them in one transaction: an answer each.
    pub(super) async fn add_all(&self, entries: &[Entry<'_>], most: Option<u64>) -> Vec<Outcome> {
        let mut pipeline = redis::Pipeline::with_capacity(entries.len());
        pipeline.atomic().ignore_errors();
        for entry in entries {
            pipeline.add_command(entry.command(most));
        }
        let added: RedisResult<Vec<RedisResult<String>>> =
            pipeline.query_async(&mut self.connection.clone()).await;
        match added {
            Ok(added) => added.into_iter().map(|added| self.outcome(added)).collect(),
            Err(error) => vec![self.failed(error); entries.len()],
        }
    }

    fn outcome(&self, added: RedisResult<String>) -> Outcome {
        added.map_or_else(|error| self.failed(error), |_| Outcome::Accepted)
    }

    fn failed(&self, error: RedisError) -> Outcome {
        let outcome = answer::of(error);
        if answer::is_end(&outcome) {
            self.is_lost.store(true, Ordering::Relaxed);
        }
        outcome
    }
}

/// Connects to the server that an address names.
pub(super) async fn connect(address: &Address, database: u16) -> Result<Session, Outcome> {
    tls::choose_ring();
    let made = async {
        let client = Client::open(info(address, database)?)?;
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(WAIT)).set_response_timeout(Some(WAIT));
        client.get_multiplexed_async_connection_with_config(&config).await
    };
    let connection = made.await.map_err(answer::of)?;
    let longest_value = longest_value(&mut connection.clone()).await.unwrap_or(LONGEST_VALUE);
    Ok(Session { connection, longest_value, is_lost: Arc::default() })
}

fn info(address: &Address, database: u16) -> RedisResult<ConnectionInfo> {
    let info = format!("{}/{database}", address.origin()).into_connection_info()?;
    let mut settings = info.redis_settings().clone();
    if let Some(user) = address.user() {
        settings = settings.set_username(user);
    }
    if let Some(password) = address.password() {
        settings = settings.set_password(password);
    }
    Ok(info.set_redis_settings(settings))
}

/// What the server says; many do not let everybody ask.
async fn longest_value(connection: &mut MultiplexedConnection) -> Option<usize> {
    let asked = redis::cmd("CONFIG").arg("GET").arg("proto-max-bulk-len").to_owned();
    let said: RedisResult<Vec<String>> = asked.query_async(connection).await;
    said.ok()?.get(1)?.parse().ok()
}
