//! The event catalog as one HTML page with search, which needs nothing but itself: no network, no other file.
//!
//! The page holds all events as JSON; its script renders the one that is looked at. The policy that it carries lets
//! no other script run and no request leave it.

mod about;
mod data;
mod escape;
mod field;
mod pool;

use std::fmt::Write as _;

use self::escape::{digest, in_script, text};
use crate::schema::Schema;
use crate::visible::visible;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("html/index.js"),
    include_str!("html/elements.js"),
    include_str!("html/event.js"),
    include_str!("html/page.js")
);

/// How many names are listed where there is no JavaScript.
const NAMES: usize = 2_000;

/// The catalog of all events; `source` is the project's name for itself.
#[must_use]
pub fn html(schema: &Schema, source: Option<&str>) -> String {
    format!(
        include_str!("html/page.html"),
        policy = policy(),
        style = STYLE,
        source = source.map(|source| text(&visible(source))).unwrap_or_default(),
        names = names(schema),
        data = in_script(&data::json(schema)),
        script = SCRIPT,
    )
}

/// What a browser may do for this page: nothing but its own style and its own script.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

/// The names of the events as items of a list, the first ones of very many.
fn names(schema: &Schema) -> String {
    let mut out = String::new();
    for name in schema.events.keys().take(NAMES) {
        let _ = writeln!(out, "<li>{}</li>", text(&visible(name)));
    }
    let more = schema.events.len().saturating_sub(NAMES);
    if more > 0 {
        let _ = writeln!(out, "<li>and {more} more, which <code>evt list</code> prints</li>");
    }
    if schema.events.is_empty() {
        out.push_str("<li>none yet</li>\n");
    }
    out
}

#[cfg(test)]
mod tests;
