//! A connection, and what is heard of it beside answers.

use std::time::Duration;

use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{Context, ContextBuilder};
use async_nats::{ClientError, ConnectOptions, Event, ServerError};
use tokio::sync::watch;

use super::super::address::Address;
use super::super::link::{Alive, WAIT};
use super::super::tls;
use super::answer;
use crate::relay::Outcome;

/// How often the client itself tries to come back, other servers of the cluster included, before it is given up and
/// made anew from the address: it does not notice while it tries that nobody wants it any more.
const RETURNS: usize = 16;
/// How long it waits before it tries again.
const PAUSE: Duration = Duration::from_millis(500);

/// See the module.
#[derive(Clone)]
pub(super) struct Session {
    jetstream: Context,
    news: watch::Receiver<News>,
}

/// What is heard of a connection.
#[derive(Clone, Debug, Default)]
struct News {
    /// It is away just now.
    is_away: bool,
    /// It does not come back.
    is_over: bool,
    /// How many complaints of the server there were.
    complaints: u64,
    complaint: String,
}

impl News {
    fn hear(&mut self, event: &Event) {
        match event {
            Event::Connected => self.is_away = false,
            Event::Disconnected => self.is_away = true,
            Event::Closed | Event::ClientError(ClientError::MaxReconnects) => self.is_over = true,
            Event::ServerError(error @ (ServerError::AuthorizationViolation | ServerError::Other(_))) => {
                self.complaints += 1;
                self.complaint = error.to_string();
            }
            Event::LameDuckMode
            | Event::Draining
            | Event::SlowConsumer(_)
            | Event::ClientError(_)
            | Event::ServerError(ServerError::SlowConsumer(_)) => {}
        }
    }

    /// Why a message that was sent after so many complaints will not be acknowledged.
    fn lost(&self, subject: &str, complaints: u64) -> Option<Outcome> {
        if self.is_away || self.is_over {
            return Some(Outcome::unavailable("connection", "the connection to the server is lost"));
        }
        let is_about_it = self.complaints > complaints && self.complaint.contains(&format!("\"{subject}\""));
        is_about_it.then(|| Outcome::unavailable("permission", self.complaint.clone()))
    }
}

impl Alive for Session {
    fn is_alive(&self) -> bool {
        !self.news.borrow().is_over
    }
}

impl Session {
    /// Publishes, and waits for the stream's acknowledgement.
    pub(super) async fn publish(&self, subject: String, publish: PublishMessage) -> Result<Outcome, Outcome> {
        let mut news = self.news.clone();
        let complaints = news.borrow().complaints;
        // What is sent while the connection is away is kept by the client and sent after its return.
        if let Some(outcome) = news.borrow().lost(&subject, complaints) {
            return Err(outcome);
        }
        let acknowledged = async {
            let sent = self.jetstream.send_publish(subject.clone(), publish).await;
            sent.map_err(|error| answer::of_publish(&error))?
                .await
                .map_err(|error| answer::of_publish(&error))
        };
        tokio::select! {
            biased;
            acknowledged = acknowledged => {
                acknowledged.map(|said| if said.duplicate { Outcome::Duplicate } else { Outcome::Accepted })
            }
            outcome = bad_news(&mut news, &subject, complaints) => Err(outcome),
        }
    }
}

/// Ends when a message that is under way is lost.
async fn bad_news(news: &mut watch::Receiver<News>, subject: &str, complaints: u64) -> Outcome {
    let heard = news.wait_for(|news| news.lost(subject, complaints).is_some()).await;
    let lost = heard.ok().and_then(|news| news.lost(subject, complaints));
    lost.unwrap_or_else(|| Outcome::unavailable("connection", "the connection to the server has ended"))
}

/// Connects to the server that an address names.
pub(super) async fn connect(address: &Address) -> Result<Session, Outcome> {
    tls::choose_ring();
    let (tell, news) = watch::channel(News::default());
    let options = credentials(address)
        .name("evt")
        .connection_timeout(WAIT)
        .max_reconnects(RETURNS)
        .reconnect_delay_callback(|attempt| if attempt <= 1 { Duration::ZERO } else { PAUSE })
        .event_callback(move |event| {
            tell.send_modify(|news| news.hear(&event));
            std::future::ready(())
        });
    let client = options.connect(address.origin()).await.map_err(|error| answer::of_connect(&error))?;
    let jetstream = ContextBuilder::new().timeout(WAIT).ack_timeout(WAIT).build(client);
    Ok(Session { jetstream, news })
}

/// A user without a password is a token.
fn credentials(address: &Address) -> ConnectOptions {
    match (address.user(), address.password()) {
        (Some(user), Some(password)) => ConnectOptions::with_user_and_password(user, password),
        (Some(token), None) => ConnectOptions::with_token(token),
        (None, _) => ConnectOptions::new(),
    }
}
