//! The generated file, held against the one that stands in its place.

use std::io;

/// A generated file. What it begins with like the committed one is not kept: mostly, that is all of it.
#[derive(Debug, Default)]
pub struct Generated {
    /// How many bytes of the committed file it begins with.
    same: usize,
    /// What follows them.
    rest: Vec<String>,
}

impl Generated {
    /// Adds to its end. `goes_on_with` says whether the committed file goes on with a text.
    pub(super) fn push(&mut self, text: String, goes_on_with: &mut dyn FnMut(&str) -> bool) {
        if text.is_empty() {
            return;
        }
        if self.rest.is_empty() && goes_on_with(&text) {
            self.same += text.len();
        } else {
            self.rest.push(text);
        }
    }

    /// Whether the committed file begins with all of it.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.rest.is_empty()
    }

    /// Writes it; `committed` is what it was compared with.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn write_to(&self, committed: &str, out: &mut dyn io::Write) -> io::Result<()> {
        // The file may have changed since.
        let same = committed.as_bytes().get(..self.same).ok_or(io::ErrorKind::ResourceBusy)?;
        out.write_all(same)?;
        self.rest.iter().try_for_each(|text| out.write_all(text.as_bytes()))
    }

    /// Its text; `committed` is what it was compared with.
    #[must_use]
    pub fn text(&self, committed: &str) -> String {
        let mut text = committed.get(..self.same).unwrap_or_default().to_owned();
        text.extend(self.rest.iter().map(String::as_str));
        text
    }
}
