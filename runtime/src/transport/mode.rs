/// How an envelope travels with its payload: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#message>.
///
/// ```
/// use evt_runtime::transport::{Mode, Options};
///
/// let options = Options { mode: Mode::Structured, ..Options::default() };
/// # assert_ne!(options.mode, Mode::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The payload is the body, all else are headers.
    #[default]
    Binary,
    /// All of it is one JSON object.
    Structured,
}
