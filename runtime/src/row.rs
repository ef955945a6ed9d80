use crate::error::BoxError;
use crate::misfit::Misfits;
use crate::read::from_json;
use crate::record::Record;
use crate::write::to_json;

/// A stored event of any version, to be read as its latest.
///
/// ```
/// let row = evt_runtime::Row::new("cow_fed", 1, r#"{"weight":2.5}"#);
/// assert_eq!(row.event_version, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The event's name.
    pub event_name: String,
    /// The version of the payload.
    pub event_version: u32,
    /// The payload, JSON text.
    pub payload: String,
}

/// Why a stored event was not read.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{ReadError, Row};
///
/// match Row::new("cow_fed", 1, "{}").payload_as::<CowFed>(1) {
///     Err(error @ ReadError::Payload { .. }) => {
///         let text = "`cow_fed` version 1 cannot be read as version 1: `weight` is missing";
///         assert_eq!(error.to_string(), text);
///     }
///     other => unreachable!("{other:?}"),
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The program does not know the event.
    #[error("no event is called `{event}` (version {version})")]
    UnknownEvent {
        /// The name that the row has.
        event: String,
        /// Its version.
        version: u32,
    },
    /// The program does not know a version below its latest: it was generated with `versions = "latest"`.
    #[error("`{event}` version {version} is not in this program, which knows version {latest}")]
    UnknownVersion {
        /// The event's name.
        event: String,
        /// The row's version.
        version: u32,
        /// The version that the program knows.
        latest: u32,
    },
    /// The payload does not fit.
    #[error("`{event}` version {version} cannot be read as version {latest}: {misfits}")]
    Payload {
        /// The event's name.
        event: String,
        /// The row's version.
        version: u32,
        /// The version that it was read as.
        latest: u32,
        /// All that is wrong, by path.
        misfits: Misfits,
    },
    /// A step from one version to the next failed.
    #[error("`{event}` version {version} cannot be read as version {latest}: {step}")]
    Step {
        /// The event's name.
        event: String,
        /// The row's version.
        version: u32,
        /// The version that it was read as.
        latest: u32,
        /// What the step said.
        step: StepError,
    },
}

/// Why a step from one version to the next cannot be taken.
///
/// ```
/// use evt_runtime::StepError;
///
/// fn barn_of(cow: &str) -> Result<u32, StepError> {
///     let barn = cow.strip_prefix("barn-").ok_or_else(|| StepError::new("the cow has no barn"))?;
///     barn.parse().map_err(|error: std::num::ParseIntError| StepError(error.into()))
/// }
/// assert_eq!(barn_of("bella").unwrap_err().to_string(), "the cow has no barn");
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StepError(#[source] pub BoxError);

impl StepError {
    /// A reason in words.
    ///
    /// ```
    /// assert_eq!(evt_runtime::StepError::new("no barn").to_string(), "no barn");
    /// ```
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into().into())
    }
}

impl Row {
    /// A stored event.
    ///
    /// ```
    /// let row = evt_runtime::Row::new("cow_fed", 1, r#"{"weight":2.5}"#);
    /// assert_eq!(row.event_name, "cow_fed");
    /// ```
    #[must_use]
    pub fn new(event_name: impl Into<String>, event_version: u32, payload: impl Into<String>) -> Self {
        Self { event_name: event_name.into(), event_version, payload: payload.into() }
    }

    /// The payload as the struct of version `latest`, or of the row's own.
    ///
    /// # Errors
    /// [`ReadError::Payload`]
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// let row = evt_runtime::Row::new("cow_fed", 1, r#"{"weight":2.5}"#);
    /// assert_eq!(row.payload_as::<CowFed>(1)?, CowFed::of(2.5));
    /// # Ok::<(), evt_runtime::ReadError>(())
    /// ```
    pub fn payload_as<R: Record>(&self, latest: u32) -> Result<R, ReadError> {
        from_json(&self.payload).map_err(|misfits| ReadError::Payload {
            event: self.event_name.clone(),
            version: self.event_version,
            latest,
            misfits,
        })
    }

    /// Writes a payload of it again, and reads that as the struct of a later version.
    #[doc(hidden)]
    pub fn carry<A: Record, B: Record>(&self, old: &A, latest: u32) -> Result<B, ReadError> {
        match to_json(old) {
            Ok(payload) => Self::new(&self.event_name, self.event_version, payload).payload_as(latest),
            Err(misfits) => Err(self.failed_step(latest, StepError(misfits.into()))),
        }
    }

    /// No event is called so.
    ///
    /// ```
    /// let error = evt_runtime::Row::new("cow_fled", 1, "{}").unknown_event();
    /// assert_eq!(error.to_string(), "no event is called `cow_fled` (version 1)");
    /// ```
    #[must_use]
    pub fn unknown_event(&self) -> ReadError {
        ReadError::UnknownEvent { event: self.event_name.clone(), version: self.event_version }
    }

    /// The program holds only version `latest`.
    ///
    /// ```
    /// let error = evt_runtime::Row::new("cow_fed", 1, "{}").unknown_version(2);
    /// assert_eq!(error.to_string(), "`cow_fed` version 1 is not in this program, which knows version 2");
    /// ```
    #[must_use]
    pub fn unknown_version(&self, latest: u32) -> ReadError {
        ReadError::UnknownVersion { event: self.event_name.clone(), version: self.event_version, latest }
    }

    /// A step on the way to version `latest` failed.
    ///
    /// ```
    /// use evt_runtime::{Row, StepError};
    ///
    /// let error = Row::new("cow_fed", 1, "{}").failed_step(2, StepError::new("no barn"));
    /// assert_eq!(error.to_string(), "`cow_fed` version 1 cannot be read as version 2: no barn");
    /// ```
    #[must_use]
    pub fn failed_step(&self, latest: u32, step: StepError) -> ReadError {
        ReadError::Step { event: self.event_name.clone(), version: self.event_version, latest, step }
    }
}
