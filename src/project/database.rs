//! The sections that the outbox commands read.

use std::net::SocketAddr;
use std::time::Duration;

use super::section;
use crate::rule;
use crate::source::{Fields, Reporter, Spanned};

/// The outbox, where `evt.toml` does not name it.
const DEFAULT_TABLE: &str = "evt_outbox";

/// `[database]`, `[outbox]`, `[relay]` and `[doctor]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxSettings {
    /// `[database] url`, as it is written.
    pub url: Option<String>,
    /// `[database] table`.
    pub table: String,
    /// `[outbox] max_attempts`: how often a row is tried.
    pub max_attempts: u64,
    /// `[outbox] max_payload`, in bytes.
    pub max_payload: u64,
    /// `[outbox] retention`: how long published rows stay; `None`: for ever.
    pub retention: Option<Duration>,
    /// `[relay]`.
    pub relay: RelaySettings,
    /// `[doctor]`.
    pub doctor: DoctorSettings,
}

/// `[relay]`: how rows are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelaySettings {
    /// Where to.
    pub to: Option<String>,
    /// What the topic is called.
    pub topic: Option<String>,
    /// How many rows are handed over and not acknowledged.
    pub batch: u64,
    /// How long a relay that says nothing keeps its lanes.
    pub lease: Duration,
    /// How long a relay that is told to stop waits for answers.
    pub grace: Duration,
    /// How long a row waits that was refused for the first time.
    pub backoff: Duration,
    /// Where metrics and health are served.
    pub listen: Option<SocketAddr>,
}

impl Default for RelaySettings {
    fn default() -> Self {
        Self {
            to: None,
            topic: None,
            batch: 500,
            lease: Duration::from_secs(30),
            grace: Duration::from_secs(25),
            backoff: Duration::from_secs(1),
            listen: None,
        }
    }
}

/// `[doctor]`: what is still well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoctorSettings {
    /// How long the oldest row of a route may wait.
    pub max_lag: Duration,
    /// How many dead letters the last hour may have brought.
    pub max_new_dead: u64,
    /// How many keys may be blocked.
    pub max_blocked_keys: u64,
    /// How long another transaction may keep vacuum from its work.
    pub max_transaction: Duration,
}

impl Default for OutboxSettings {
    fn default() -> Self {
        Self {
            url: None,
            table: DEFAULT_TABLE.to_owned(),
            max_attempts: 12,
            max_payload: 256 << 10,
            retention: None,
            relay: RelaySettings::default(),
            doctor: DoctorSettings::default(),
        }
    }
}

impl Default for DoctorSettings {
    fn default() -> Self {
        Self {
            max_lag: Duration::from_mins(5),
            max_new_dead: 1,
            max_blocked_keys: 0,
            max_transaction: Duration::from_mins(10),
        }
    }
}

/// Reads `[database]`, `[outbox]`, `[relay]` and `[doctor]`.
pub(super) fn read_sections(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> OutboxSettings {
    let mut settings = OutboxSettings::default();
    section(fields, "database", reporter, |keys, reporter| {
        settings.url = keys.text("url", reporter).map(|url| url.value);
        if let Some(table) = keys.text("table", reporter) {
            if table.value.len() > MAX_TABLE_BYTES {
                let message = format!("a table's name has at most {MAX_TABLE_BYTES} bytes");
                reporter.add(reporter.finding(&rule::CONFIG_VALUE, table.span, message).label("too long"));
            }
            settings.table = table.value;
        }
    });
    section(fields, "outbox", reporter, |keys, reporter| {
        set(&mut settings.max_attempts, at_least_one(keys, "max_attempts", reporter));
        set(&mut settings.max_payload, size(keys, "max_payload", reporter));
        settings.retention = span(keys, "retention", "a time such as `30d`", reporter);
    });
    section(fields, "relay", reporter, |keys, reporter| read_relay(&mut settings.relay, keys, reporter));
    section(fields, "doctor", reporter, |keys, reporter| {
        set(&mut settings.doctor.max_lag, span(keys, "max_lag", "a time such as `30s`", reporter));
        set(&mut settings.doctor.max_new_dead, keys.count("max_new_dead", reporter).map(|it| it.value));
        set(
            &mut settings.doctor.max_blocked_keys,
            keys.count("max_blocked_keys", reporter).map(|it| it.value),
        );
        let transaction = span(keys, "max_transaction", "a time such as `10m`", reporter);
        set(&mut settings.doctor.max_transaction, transaction);
    });
    settings
}

fn read_relay(relay: &mut RelaySettings, keys: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) {
    let mut time = |key, to: &mut Duration| set(to, span(keys, key, "a time such as `30s`", reporter));
    time("lease", &mut relay.lease);
    time("grace", &mut relay.grace);
    time("backoff", &mut relay.backoff);
    set(&mut relay.batch, at_least_one(keys, "batch", reporter));
    relay.to = keys.text("to", reporter).map(|to| to.value);
    relay.topic = keys.text("topic", reporter).map(|topic| topic.value);
    relay.listen = socket_address(keys, "listen", reporter);
}

fn socket_address(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<SocketAddr> {
    let text = keys.text(key, reporter)?;
    let address = text.value.parse().ok();
    if address.is_none() {
        let message = format!("`{key}` cannot be `{}`", text.value);
        let finding = reporter.finding(&rule::CONFIG_VALUE, text.span, message);
        reporter.add(finding.label("expected an IP address and a port, such as `127.0.0.1:9464`"));
    }
    address
}

fn set<T>(to: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *to = value;
    }
}

const MAX_TABLE_BYTES: usize = 40;
/// In bytes.
const MAX_PAYLOAD: u64 = 16 << 20;
const SIZES: &[(&str, u64)] = &[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20)];
const SPANS: &[(&str, u64)] = &[("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];

/// Reads a time such as `30d`; `None` where it is none.
#[must_use]
pub fn parse_span(text: &str) -> Option<Duration> {
    parse(text, SPANS).map(Duration::from_secs)
}

/// A whole number of at least 1.
fn at_least_one(keys: &mut Fields<'_, '_>, key: &'static str, reporter: &mut Reporter<'_>) -> Option<u64> {
    let number = keys.count(key, reporter)?;
    if number.value == 0 {
        let finding = reporter.finding(&rule::CONFIG_VALUE, number.span, format!("`{key}` cannot be 0"));
        reporter.add(finding.label("expected at least 1"));
    }
    Some(number.value)
}

fn size(keys: &mut Fields<'_, '_>, key: &'static str, reporter: &mut Reporter<'_>) -> Option<u64> {
    let size = quantity(keys, key, SIZES, "a size such as `256KiB`", reporter)?;
    if size.value > MAX_PAYLOAD {
        let finding = reporter.finding(&rule::CONFIG_VALUE, size.span, format!("`{key}` is too large"));
        reporter.add(finding.label("at most 16MiB"));
    }
    Some(size.value)
}

fn span(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    expected: &str,
    reporter: &mut Reporter<'_>,
) -> Option<Duration> {
    quantity(keys, key, SPANS, expected, reporter).map(|span| Duration::from_secs(span.value))
}

/// A whole number with a unit.
fn quantity(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    units: &[(&str, u64)],
    expected: &str,
    reporter: &mut Reporter<'_>,
) -> Option<Spanned<u64>> {
    let text = keys.text(key, reporter)?;
    let quantity = parse(&text.value, units).map(|quantity| Spanned::new(quantity, text.span));
    if quantity.is_none() {
        let finding =
            reporter.finding(&rule::CONFIG_VALUE, text.span, format!("`{key}` cannot be `{}`", text.value));
        reporter.add(finding.label(format!("expected {expected}")));
    }
    quantity
}

fn parse(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let (_, size) = units.iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*size)
}
