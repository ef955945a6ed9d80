mod answer;
mod client;
mod request;

use std::time::Duration;

use reqwest::{Client, Url};
use tokio::sync::Semaphore;

use super::{BadDestination, Mode, Options, WebhookSecret};
use crate::relay::{Delivery, Message, Outcome, Transport};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Requests at a time. Each has a connection of its own, which the other side pays for.
const AT_ONCE: usize = 64;

/// Posts each message to a URL, as a webhook: in the HTTP binding of `CloudEvents`, signed as Standard Webhooks are where a
/// [secret](Options::webhook_secrets) is given. `Idempotency-Key` is the id of the message.
///
/// 2xx is accepted; 400, 409, 413, 415 and 422 refuse the message; everything else, redirects too, is unavailable, with
/// what `Retry-After` asks for. An answer has 10 seconds. Proxies of the environment are not used.
///
/// ```
/// use evt_runtime::relay::Transport;
/// use evt_runtime::transport::Http;
///
/// let hook = Http::to("https://anna:hunter2@farm.example/hooks?key=s3cret")?;
/// assert_eq!(hook.destination(), "https://farm.example/hooks?key=***");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub struct Http {
    client: Client,
    /// With user and password.
    url: Url,
    /// What no answer may repeat.
    password: String,
    /// For people.
    destination: String,
    mode: Mode,
    secrets: Vec<WebhookSecret>,
    patience: Duration,
    places: Semaphore,
}

impl Http {
    /// Webhooks in binary mode, unsigned. User and password of the URL become basic authentication.
    ///
    /// # Errors
    /// [`BadDestination`] where that is no URL of HTTP, or the machine has no certificates to check HTTPS with.
    ///
    /// ```
    /// use evt_runtime::transport::Http;
    ///
    /// assert!(Http::to("https://farm.example/hooks").is_ok());
    /// assert!(Http::to("ftp://farm.example").is_err());
    /// ```
    pub fn to(url: &str) -> Result<Self, BadDestination> {
        Self::with(url, &Options::default())
    }

    /// Webhooks with options.
    ///
    /// # Errors
    /// As [`to`](Self::to).
    ///
    /// ```
    /// use evt_runtime::transport::{Http, Mode, Options};
    ///
    /// let options = Options { mode: Mode::Structured, ..Options::default() };
    /// assert!(Http::with("https://farm.example/hooks", &options).is_ok());
    /// ```
    pub fn with(url: &str, options: &Options) -> Result<Self, BadDestination> {
        let url = client::url(url)?;
        Ok(Self {
            client: client::client(&url)?,
            destination: client::shown(&url),
            password: client::password(&url),
            url,
            mode: options.mode,
            secrets: options.webhook_secrets.clone(),
            patience: PATIENCE,
            places: Semaphore::new(AT_ONCE),
        })
    }

    /// How long an answer may take: 10 seconds unless something else is said.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::transport::Http;
    ///
    /// let hook = Http::to("http://localhost:8080/hooks")?.patience(Duration::from_secs(2));
    /// # Ok::<(), evt_runtime::transport::BadDestination>(())
    /// ```
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    async fn post(&self, message: &Message) -> Outcome {
        // Nobody closes it: then a request would only lack its limit.
        let _place = self.places.acquire().await;
        let request = self.client.post(self.url.clone()).timeout(self.patience);
        match request::filled(request, message, self.mode, &self.secrets).send().await {
            Ok(response) => answer::answer(response, &self.password).await,
            Err(error) => answer::failed(error, self.patience),
        }
    }
}

/// Without secrets.
impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Http").field(&self.destination).finish()
    }
}

impl Transport for Http {
    fn destination(&self) -> String {
        self.destination.clone()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(self.post(message))
    }
}
