use serde_json::Value;

/// A message as a consumer got it.
///
/// ```
/// use evt_runtime::transport::conformance::Arrival;
///
/// let arrival = Arrival::new("0198f2a0-0000-7000-8000-000000000000", b"{}").header("ce-type", "cow_fed");
/// assert_eq!(arrival.headers.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The `CloudEvents` id.
    pub id: String,
    /// The payload's bytes.
    pub payload: Vec<u8>,
    /// All that came beside it, as it came: headers, properties, fields. None where there is no such thing.
    pub headers: Vec<(String, String)>,
}

impl Arrival {
    /// A message without headers.
    ///
    /// ```
    /// use evt_runtime::transport::conformance::Arrival;
    ///
    /// assert_eq!(Arrival::new("7", b"{}").payload, b"{}");
    /// ```
    #[must_use]
    pub fn new(id: impl std::fmt::Display, payload: impl Into<Vec<u8>>) -> Self {
        Self { id: id.to_string(), payload: payload.into(), headers: Vec::new() }
    }

    /// One more header.
    ///
    /// ```
    /// use evt_runtime::transport::conformance::Arrival;
    ///
    /// let arrival = Arrival::new("7", b"{}").header("ce-source", "/barn");
    /// assert_eq!(arrival.headers, [("ce-source".to_owned(), "/barn".to_owned())]);
    /// ```
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What [`structured`](crate::transport::cloud_event::structured) wrote, its attributes as headers: `None` where this
    /// is something else.
    ///
    /// ```
    /// use evt_runtime::transport::cloud_event::structured;
    /// use evt_runtime::transport::conformance::{Arrival, message};
    ///
    /// let arrival = Arrival::of_structured(&structured(&message(1, Some("Cow/7"), "[ 1.0 ]")));
    /// let arrival = arrival.expect("it was written so");
    /// assert_eq!(arrival.payload, b"[ 1.0 ]");
    /// assert!(arrival.headers.contains(&("partitionkey".to_owned(), "Cow/7".to_owned())));
    /// ```
    #[must_use]
    pub fn of_structured(json: &str) -> Option<Self> {
        let envelope: Value = serde_json::from_str(json).ok()?;
        // No JSON string holds a bare quote: the first such place is the member itself.
        let (_, payload) = json.split_once(r#","data":"#)?;
        let mut arrival = Self::new(envelope["id"].as_str()?, payload.strip_suffix('}')?);
        for (name, value) in envelope.as_object()?.iter().filter(|(name, _)| *name != "data") {
            arrival = arrival.header(name, value.as_str()?);
        }
        Some(arrival)
    }
}
