mod all;
mod emit;
mod head;
mod trace;

use jiff::Timestamp;
use serde_json::Value;

use crate::definition::Event;
use crate::key::Key;

pub use all::{emit_all, emit_all_sync};
pub use emit::Emitted;
use emit::OnDuplicate;
use head::Head;

/// An event on its way out. Its envelope can be set until it is emitted.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Emission, Recorder};
///
/// let emission = Emission::new(CowFed::of(2.5));
/// emission
///     .metadata(serde_json::json!({ "request_id": "7" }))
///     .idempotency_key("feeding-7")
///     .aggregate("Cow", "bella")
///     .emit_sync(&mut Recorder::new())?;
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[must_use = "an event is emitted by `.emit(…)`"]
#[derive(Debug)]
pub struct Emission<E> {
    payload: E,
    head: Head,
    on_duplicate: OnDuplicate,
}

impl<E: Event> Emission<E> {
    /// An event with this payload. Generated helpers call it.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// let emission = evt_runtime::Emission::new(CowFed::of(2.5));
    /// assert_eq!(emission.payload().weight, 2.5);
    /// ```
    pub fn new(payload: E) -> Self {
        Self { payload, head: Head::default(), on_duplicate: OnDuplicate::Refuse }
    }

    /// The aggregate that the definition names.
    #[doc(hidden)]
    pub fn aggregate_of<K: Key>(mut self, aggregate_type: &str, id: &K) -> Self {
        self.head.aggregate = Some((aggregate_type.to_owned(), id.text()));
        self
    }

    /// The aggregate's version that the definition names.
    #[doc(hidden)]
    pub fn aggregate_version_of(mut self, version: i64) -> Self {
        self.head.defined_version = Some(version);
        self
    }

    /// The partition key that the definition names.
    #[doc(hidden)]
    pub fn partition_key_of<K: Key>(mut self, key: &K) -> Self {
        self.head.partition_key = Some(key.text());
        self
    }

    /// When it happened; now, if nobody says.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).occurred_at("2027-01-31T08:30:00Z".parse()?).envelope()?;
    /// assert_eq!(envelope.occurred_at.to_string(), "2027-01-31T08:30:00Z");
    /// # Ok::<(), evt_runtime::BoxError>(())
    /// ```
    pub fn occurred_at(mut self, instant: Timestamp) -> Self {
        self.head.occurred_at = Some(instant);
        self
    }

    /// What is said beside the payload: a JSON object, merged over the [defaults](crate::metadata::set_defaults).
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).metadata(serde_json::json!({ "request_id": "7" })).envelope()?;
    /// assert_eq!(envelope.metadata, r#"{"request_id":"7"}"#);
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn metadata(mut self, metadata: Value) -> Self {
        self.head.metadata = metadata;
        self
    }

    /// Makes a second event of this name and key a duplicate.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).idempotency_key("feeding-7").envelope()?;
    /// assert_eq!(envelope.idempotency_key.as_deref(), Some("feeding-7"));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.head.idempotency_key = Some(key.into());
        self
    }

    /// The aggregate, in place of the definition's.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).aggregate("Cow", "bella").envelope()?;
    /// assert_eq!(envelope.partition_key.as_deref(), Some("Cow/bella"));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn aggregate(mut self, aggregate_type: impl Into<String>, id: impl Into<String>) -> Self {
        self.head.aggregate = Some((aggregate_type.into(), id.into()));
        self.head.defined_version = None;
        self
    }

    /// The aggregate's version after the event, in place of the definition's.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).aggregate("Cow", "bella").aggregate_version(3).envelope()?;
    /// assert_eq!(envelope.aggregate.and_then(|it| it.version), Some(3));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn aggregate_version(mut self, version: i64) -> Self {
        self.head.aggregate_version = Some(version);
        self
    }

    /// What orders the event, in place of the aggregate.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).partition_key("barn-2").envelope()?;
    /// assert_eq!(envelope.partition_key.as_deref(), Some("barn-2"));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn partition_key(mut self, key: impl Into<String>) -> Self {
        self.head.partition_key = Some(key.into());
        self
    }

    /// The outbox table, in place of the one of `evt.toml`: a schema per tenant.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::Emission;
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).table("tenant_2.evt_outbox").envelope()?;
    /// assert_eq!(envelope.table, "tenant_2.evt_outbox");
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.head.table = Some(table.into());
        self
    }

    /// Makes a duplicate an answer instead of an error.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{Emission, Emitted, Recorder};
    ///
    /// let mut recorder = Recorder::new();
    /// let emission = || Emission::new(CowFed::of(2.5)).idempotency_key("feeding-7").skip_duplicates();
    /// emission().emit_sync(&mut recorder)?;
    /// assert!(matches!(emission().emit_sync(&mut recorder)?, Emitted::Duplicate { seq: 1, .. }));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn skip_duplicates(mut self) -> Self {
        self.on_duplicate = OnDuplicate::Skip;
        self
    }

    /// The payload.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// assert_eq!(evt_runtime::Emission::new(CowFed::of(2.5)).payload(), &CowFed::of(2.5));
    /// ```
    #[must_use]
    pub fn payload(&self) -> &E {
        &self.payload
    }
}
