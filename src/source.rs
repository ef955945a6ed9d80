//! Text that an author wrote, and the tree that it parses to.
//!
//! YAML and TOML are read into the same [`Node`]s, so that one reader serves definitions and `evt.toml`, and
//! every mistake can be underlined at the very key or value.

mod conflict;
mod core_schema;
mod fields;
mod file;
mod keys;
mod node;
mod toml;
mod yaml;

pub use core_schema::{Resolved, resolve};
pub use fields::{Fields, Reporter};
pub use file::{Location, Position, SourceFile, Span, Spanned};
pub use node::{Entry, Node, Scalar, Style, Value};
pub use toml::read_toml;
pub use yaml::{Documents, MAX_FILE_BYTES, read_yaml};
