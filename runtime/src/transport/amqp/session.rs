//! A connection and its channels.

use std::sync::{Arc, Mutex, PoisonError};

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::LongString;
use lapin::uri::{AMQPAuthority, AMQPQueryString, AMQPScheme, AMQPUri, AMQPUserInfo};
use lapin::{Channel, Confirmation, Connection, ConnectionProperties};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::super::address::{Address, decoded};
use super::super::link::{Alive, WAIT, late};
use super::super::tls;
use super::answer;
use super::envelope::Envelope;
use crate::relay::Outcome;

/// How many messages fly at once.
const CHANNELS: u16 = 128;
/// How often, in seconds, both sides show that they are there.
const HEARTBEAT: u16 = 10;

/// One message flies on a channel at a time. A broker returns a message and confirms it in two answers, of which the second
/// may be for many; only so is it certain which one was returned. And an error, which ends a channel, is about one message.
#[derive(Clone)]
pub(super) struct Session(Arc<Shared>);

struct Shared {
    connection: Connection,
    idle: Mutex<Vec<Channel>>,
    places: Semaphore,
}

impl Alive for Session {
    fn is_alive(&self) -> bool {
        self.0.connection.status().connected()
    }
}

impl Session {
    /// Publishes, and waits for the broker's confirmation.
    pub(super) async fn publish(&self, envelope: Envelope<'_>) -> Result<(), Outcome> {
        envelope.fits(self.0.connection.configuration().frame_max() as usize)?;
        if self.0.connection.status().blocked() {
            return Err(Outcome::unavailable(
                "blocked",
                "the broker is short of memory or of room on its disk",
            ));
        }
        let published = timeout(WAIT, self.publish_on_a_channel(envelope)).await;
        published.unwrap_or_else(|_| Err(late("no confirmation")))
    }

    async fn publish_on_a_channel(&self, envelope: Envelope<'_>) -> Result<(), Outcome> {
        let ended = |_| Outcome::unavailable("connection", "the connection to the broker has ended");
        let _place = self.0.places.acquire().await.map_err(ended)?;
        // A channel is kept for others only behind its answer: one that is dropped before is closed.
        let channel = self.channel().await.map_err(|error| answer::of_error(&error))?;
        let confirmation = publish(&channel, envelope).await.map_err(|error| answer::of_error(&error))?;
        self.idle().push(channel);
        answer::of(confirmation)
    }

    async fn channel(&self) -> lapin::Result<Channel> {
        loop {
            let idle = self.idle().pop();
            match idle {
                Some(channel) if channel.status().connected() => return Ok(channel),
                Some(_) => {}
                None => break,
            }
        }
        let channel = self.0.connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(channel)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Channel>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn publish(channel: &Channel, envelope: Envelope<'_>) -> lapin::Result<Confirmation> {
    let Envelope { exchange, key, properties, body, .. } = envelope;
    let mandatory = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    channel.basic_publish(exchange, key, mandatory, body.as_bytes(), properties).await?.await
}

/// Connects to the broker.
pub(super) async fn connect(uri: &AMQPUri) -> Result<Session, Outcome> {
    tls::choose_ring();
    let properties = ConnectionProperties::default().with_connection_name(LongString::from("evt"));
    let connection = Connection::connect_uri(uri.clone(), properties).await;
    let connection = connection.map_err(|error| answer::of_error(&error))?;
    let most = match connection.configuration().channel_max() {
        0 => CHANNELS,
        most => most.min(CHANNELS),
    };
    let places = Semaphore::new(usize::from(most));
    Ok(Session(Arc::new(Shared { connection, idle: Mutex::default(), places })))
}

/// Where an address leads. Without a user it is `guest`, as everywhere; without a virtual host that is `/`.
pub(super) fn uri(address: &Address) -> AMQPUri {
    let guest = AMQPUserInfo::default();
    let userinfo = AMQPUserInfo {
        username: address.user().unwrap_or(guest.username),
        password: address.password().unwrap_or(guest.password),
    };
    let is_secret = address.origin().starts_with("amqps:");
    let vhost = Some(decoded(address.path())).filter(|vhost| !vhost.is_empty());
    AMQPUri {
        scheme: if is_secret { AMQPScheme::AMQPS } else { AMQPScheme::AMQP },
        authority: AMQPAuthority { userinfo, host: address.host().to_owned(), port: address.port() },
        vhost: vhost.unwrap_or_else(|| "/".to_owned()),
        query: AMQPQueryString { heartbeat: Some(HEARTBEAT), ..AMQPQueryString::default() },
    }
}
