#[cfg(feature = "http")]
use super::Http;
use super::{File, Lines, Options, Topic};
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

/// The transport that an address names, with the usual [`Options`]. Nothing is connected yet.
///
/// # Errors
/// [`BadDestination`]
///
/// ```
/// use evt_runtime::transport::{Topic, open};
///
/// # fn main() {
/// assert!(open("nowhere", &Topic::default()).is_err());
/// # }
/// ```
pub fn open(url: &str, topic: &Topic) -> Result<Box<dyn Transport>, BadDestination> {
    open_with(url, topic, &Options::default())
}

/// The transport that an address names. Nothing is connected yet.
///
/// # Errors
/// [`BadDestination`]
///
/// ```
/// use evt_runtime::transport::{Mode, Options, Topic, open_with};
///
/// let options = Options { mode: Mode::Structured, ..Options::default() };
/// let transport = open_with("stdout:", &Topic::default(), &options)?;
/// assert_eq!(transport.destination(), "stdout:");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub fn open_with(url: &str, topic: &Topic, options: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    match url.split_once(':') {
        Some(("stdout", "")) => Ok(Box::new(Lines::stdout())),
        Some(("stdout", _)) => Err(bad("is `stdout:` alone, with nothing behind it")),
        Some(("file", path)) => Ok(Box::new(File::at(path_of(path)?)?)),
        #[cfg(feature = "http")]
        Some(("http" | "https", _)) => Ok(Box::new(Http::with(url, options)?)),
        #[cfg(not(feature = "http"))]
        Some((scheme @ ("http" | "https"), _)) => {
            let _ = options;
            Err(bad(format!("begins with `{scheme}:`, which this program was built without")))
        }
        Some(("amqp" | "amqps", _)) => amqp(url, topic, options),
        Some(("kafka" | "kafkas", _)) => kafka(url, topic, options),
        Some(("nats" | "tls", _)) => nats(url, topic, options),
        Some(("redis" | "rediss", _)) => redis(url, topic, options),
        Some((scheme, _)) if scheme.chars().all(|sign| sign.is_ascii_alphanumeric()) => {
            Err(bad(format!("begins with `{scheme}:`, which is not known")))
        }
        _ => Err(bad("has no scheme, such as `https:`")),
    }
}

#[cfg(feature = "nats")]
fn nats(url: &str, topic: &Topic, options: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Ok(Box::new(super::Nats::new(url, topic.clone())?.mode(options.mode)))
}

#[cfg(not(feature = "nats"))]
fn nats(_: &str, _: &Topic, _: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Err(missing("nats"))
}

#[cfg(feature = "redis")]
fn redis(url: &str, topic: &Topic, options: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Ok(Box::new(super::Redis::new(url, topic.clone())?.mode(options.mode)))
}

#[cfg(not(feature = "redis"))]
fn redis(_: &str, _: &Topic, _: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Err(missing("redis"))
}

#[cfg(feature = "amqp")]
fn amqp(url: &str, topic: &Topic, options: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Ok(Box::new(super::Amqp::new(url, topic.clone())?.mode(options.mode)))
}

#[cfg(not(feature = "amqp"))]
fn amqp(_: &str, _: &Topic, _: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Err(missing("amqp"))
}

#[cfg(feature = "kafka")]
fn kafka(url: &str, topic: &Topic, options: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Ok(Box::new(super::Kafka::new(url, topic.clone())?.mode(options.mode)))
}

#[cfg(not(feature = "kafka"))]
fn kafka(_: &str, _: &Topic, _: &Options) -> Result<Box<dyn Transport>, BadDestination> {
    Err(missing("kafka"))
}

/// This program was built without it.
#[cfg(not(all(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis")))]
fn missing(feature: &str) -> BadDestination {
    bad(format!("wants the feature `{feature}`, which this program was built without"))
}

/// A path, or what stands behind `file:` in a URL of three slashes.
fn path_of(path: &str) -> Result<&str, BadDestination> {
    match path.strip_prefix("//") {
        None => Ok(path),
        Some(path) if path.starts_with('/') => Ok(path),
        Some(_) => Err(bad("names a file of another machine: write `file:PATH`")),
    }
}

fn bad(reason: impl Into<String>) -> BadDestination {
    BadDestination { reason: reason.into() }
}
