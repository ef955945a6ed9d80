use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Bytes of a key: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme>.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What webhooks are signed with: `whsec_` and 24 to 64 bytes in base64. It is never printed.
///
/// ```
/// use evt_runtime::transport::WebhookSecret;
///
/// let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
/// assert_eq!(format!("{secret:?}"), "WebhookSecret(***)");
/// # Ok::<(), evt_runtime::transport::BadWebhookSecret>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

/// Why a text is no secret. It does not repeat the text.
///
/// ```
/// use evt_runtime::transport::{BadWebhookSecret, WebhookSecret};
///
/// assert_eq!("hunter2".parse::<WebhookSecret>(), Err(BadWebhookSecret::Prefix));
/// assert_eq!("whsec_aHVudGVyMg==".parse::<WebhookSecret>(), Err(BadWebhookSecret::Length(7)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadWebhookSecret {
    /// Not `whsec_`.
    #[error("the webhook secret does not begin with `whsec_`")]
    Prefix,
    /// Not base64.
    #[error("the webhook secret is not base64 behind `whsec_`")]
    Base64,
    /// Too few bytes, or too many.
    #[error("the webhook secret has {0} bytes, not 24 to 64")]
    Length(usize),
}

impl std::str::FromStr for WebhookSecret {
    type Err = BadWebhookSecret;

    fn from_str(text: &str) -> Result<Self, BadWebhookSecret> {
        let key = text.trim().strip_prefix("whsec_").ok_or(BadWebhookSecret::Prefix)?;
        let key = BASE64.decode(key).map_err(|_| BadWebhookSecret::Base64)?;
        if LENGTHS.contains(&key.len()) { Ok(Self(key)) } else { Err(BadWebhookSecret::Length(key.len())) }
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(***)")
    }
}

#[cfg(feature = "http")]
impl WebhookSecret {
    /// The signature of a message, behind the name of the scheme.
    pub(super) fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &self.0);
        let mut context = ring::hmac::Context::with_key(&key);
        context.update(format!("{id}.{timestamp}.").as_bytes());
        context.update(body);
        format!("v1,{}", BASE64.encode(context.sign()))
    }
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use super::*;

    /// The example of the reference libraries.
    #[test]
    fn a_signature_is_that_of_standard_webhooks() {
        let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
