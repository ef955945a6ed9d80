//! What services link that emit and read events defined with `evt`.
//!
//! Generated code stands on this crate; it stays light, because every service pays for its compile time.
//! It holds the identity of a schema version; the rest of the runtime grows from here.

#![forbid(unsafe_code)]
