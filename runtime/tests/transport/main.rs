//! What each transport does with messages, and the test that any transport can be put to.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

mod conformance;
mod faulty;
