use super::Topic;
use crate::relay::Transport;

/// Why nothing can be published to an address. It does not repeat the address, which may hold a password.
///
/// ```
/// use evt_runtime::transport::{Topic, open};
///
/// let Err(error) = open("pigeon://barn", &Topic::default()) else { unreachable!() };
/// assert_eq!(error.to_string(), "the destination begins with `pigeon:`, which is not known");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the destination {reason}")]
pub struct BadDestination {
    /// What is wrong with it.
    pub reason: String,
}

/// The transport that an address names. Nothing is connected yet.
///
/// # Errors
/// [`BadDestination`]
///
/// ```
/// use evt_runtime::transport::{BadDestination, Topic, open};
///
/// # fn main() {
/// assert!(open("nowhere", &Topic::default()).is_err());
/// # }
/// ```
pub fn open(url: &str, topic: &Topic) -> Result<Box<dyn Transport>, BadDestination> {
    let _ = topic;
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let reason = match scheme {
        Some(scheme) if scheme.chars().all(|sign| sign.is_ascii_alphanumeric()) => {
            format!("begins with `{scheme}:`, which is not known")
        }
        _ => "has no scheme, such as `https:`".to_owned(),
    };
    Err(BadDestination { reason })
}
