use crate::record::Record;

/// What is known of an event besides its payload. Generated code holds one for each live event.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Event, ProcessType};
///
/// let definition = CowFed::definition();
/// assert_eq!((definition.name, definition.version), ("cow_fed", 1));
/// assert_eq!(definition.process_type, ProcessType::Durable);
/// ```
#[derive(Debug)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// The version of the payload, from 1.
    pub version: u32,
    /// The SHA-256 of the version's contract, 64 lower-case hex digits.
    pub fingerprint: &'static str,
    /// Its classification, such as `domain`.
    pub event_type: &'static str,
    /// How it is delivered.
    pub process_type: ProcessType,
    /// The bounded context.
    pub domain: Option<&'static str>,
    /// What it is about.
    pub subject: Option<&'static str>,
    /// The `CloudEvents` source.
    pub source: &'static str,
    /// The outbox table.
    pub table: &'static str,
    /// Whether writers of one key wait for each other.
    pub strict: bool,
    /// What becomes of a key after a dead letter.
    pub on_dead_letter: OnDeadLetter,
    /// The paths of payload fields that are personal data.
    pub pii: &'static [&'static str],
}

/// The latest payload of a live event.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// fn describe<E: evt_runtime::Event>() -> String {
///     let definition = E::definition();
///     format!("{}@{} from {}", definition.name, definition.version, definition.source)
/// }
/// assert_eq!(describe::<CowFed>(), "cow_fed@1 from urn:evt:farm");
/// ```
pub trait Event: Record + Send + Sync + 'static {
    /// What is known of it besides.
    fn definition() -> &'static Definition;
}

/// Makes a payload an [`Event`], from its constants `NAME`, `VERSION`, `FINGERPRINT`, `EVENT_TYPE`, `PROCESS_TYPE`,
/// `DOMAIN` and `SUBJECT`, and the rest of its [`Definition`].
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Object};
/// use evt_runtime::{Event, OnDeadLetter, ProcessType};
///
/// struct GateOpened {
///     gate: i64,
/// }
///
/// impl GateOpened {
///     const NAME: &'static str = "gate_opened";
///     const VERSION: u32 = 1;
///     const FINGERPRINT: &'static str = "00";
///     const EVENT_TYPE: &'static str = "domain";
///     const PROCESS_TYPE: ProcessType = ProcessType::Durable;
///     const DOMAIN: Option<&'static str> = None;
///     const SUBJECT: Option<&'static str> = None;
/// }
///
/// static FIELDS: Object = Object::open(&[Field::required("gate", Item::of(Kind::Int))]);
/// evt_runtime::record! { GateOpened, FIELDS; gate }
/// evt_runtime::event! {
///     GateOpened;
///     source: "urn:evt:farm",
///     table: "evt_outbox",
///     strict: false,
///     on_dead_letter: OnDeadLetter::Continue,
///     pii: &[],
/// }
/// assert_eq!(GateOpened::definition().name, "gate_opened");
/// ```
#[macro_export]
macro_rules! event {
    ($type:ident; $($rest:ident: $value:expr),* $(,)?) => {
        impl $crate::Event for $type {
            #[inline]
            fn definition() -> &'static $crate::Definition {
                static DEFINITION: $crate::Definition = $crate::Definition {
                    name: $type::NAME,
                    version: $type::VERSION,
                    fingerprint: $type::FINGERPRINT,
                    event_type: $type::EVENT_TYPE,
                    process_type: $type::PROCESS_TYPE,
                    domain: $type::DOMAIN,
                    subject: $type::SUBJECT,
                    $($rest: $value),*
                };
                &DEFINITION
            }
        }
    };
}

crate::words! {
    /// How an event is delivered.
    ///
    /// ```
    /// use evt_runtime::ProcessType;
    ///
    /// assert_eq!(ProcessType::parse("durable"), Some(ProcessType::Durable));
    /// assert_eq!(ProcessType::Inline.as_str(), "inline");
    /// ```
    #[derive(Default)]
    ProcessType {
        /// Handlers run in the caller's stack, before the commit.
        Inline = "inline",
        /// Handlers run on a queue of this process.
        Background = "background",
        /// Subscribers run from the outbox.
        Durable = "durable",
        /// Published to a broker from the outbox.
        #[default]
        Broker = "broker",
        /// Traced, not stored.
        Telemetry = "telemetry",
        /// The state of its aggregate is built from it.
        Sourced = "sourced",
    }
}

impl ProcessType {
    /// The process type of the older spelling `event_level: 1..5`.
    ///
    /// ```
    /// use evt_runtime::ProcessType;
    ///
    /// assert_eq!(ProcessType::of_level(3), Some(ProcessType::Durable));
    /// ```
    #[must_use]
    pub fn of_level(level: u64) -> Option<Self> {
        Some(match level {
            1 => Self::Inline,
            2 => Self::Background,
            3 => Self::Durable,
            4 => Self::Broker,
            5 => Self::Sourced,
            _ => return None,
        })
    }

    /// Whether its events are rows of the outbox.
    ///
    /// ```
    /// use evt_runtime::ProcessType;
    ///
    /// assert!(ProcessType::Sourced.is_stored());
    /// assert!(!ProcessType::Telemetry.is_stored());
    /// ```
    #[must_use]
    pub fn is_stored(self) -> bool {
        match self {
            Self::Durable | Self::Broker | Self::Sourced => true,
            Self::Inline | Self::Background | Self::Telemetry => false,
        }
    }
}

crate::words! {
    /// What becomes of a key after one of its events became a dead letter.
    ///
    /// ```
    /// use evt_runtime::OnDeadLetter;
    ///
    /// assert_eq!(OnDeadLetter::parse("halt"), Some(OnDeadLetter::Halt));
    /// ```
    #[derive(Default)]
    OnDeadLetter {
        /// It goes on.
        #[default]
        Continue = "continue",
        /// It waits for an operator.
        Halt = "halt",
    }
}
