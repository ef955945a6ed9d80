use super::{Mode, WebhookSecret};

/// What an address does not say.
///
/// ```
/// use evt_runtime::transport::Options;
///
/// let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
/// let options = Options { webhook_secrets: vec![secret], ..Options::default() };
/// # Ok::<(), evt_runtime::transport::BadWebhookSecret>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How envelopes travel. Lines are always structured.
    pub mode: Mode,
    /// What webhooks are signed with: not at all where there is none, with each where there are several, as long as the
    /// receivers change from one to the next.
    pub webhook_secrets: Vec<WebhookSecret>,
}
