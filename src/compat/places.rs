use std::sync::Arc;

use crate::check::Catalogue;
use crate::finding::Finding;
use crate::schema::EntryPlaces;
use crate::source::{Location, SourceFile, Span};

/// Where events are written, for findings about them: in definitions, else in a schema file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places<'c> {
    catalogue: Option<&'c Catalogue>,
    file: Option<(&'c Arc<SourceFile>, &'c EntryPlaces)>,
}

impl<'c> Places<'c> {
    /// Those of definitions.
    #[must_use]
    pub fn of(catalogue: &'c Catalogue) -> Self {
        Self { catalogue: Some(catalogue), file: None }
    }

    /// The same, and the entries of a schema file for events that are not defined.
    #[must_use]
    pub fn or_in(self, file: &'c Arc<SourceFile>, places: &'c EntryPlaces) -> Self {
        Self { file: Some((file, places)), ..self }
    }

    /// Puts a finding where the field is written that holds `path`, or else the event.
    #[must_use]
    pub fn placed(&self, finding: Finding, event: &str, path: Option<&str>) -> Finding {
        let defined = self.catalogue.and_then(|catalogue| catalogue.events.get(event));
        let place = match defined {
            Some(defined) => {
                let field = path.and_then(|path| defined.place_of(path));
                Some(field.unwrap_or_else(|| defined.location.clone()))
            }
            None => self.entry(&finding, event, path),
        };
        match place {
            Some(place) => finding.located(place).label("here"),
            None => finding,
        }
    }

    /// The line of the later version's entry, or of the earlier one's, that names the field, or else the event.
    fn entry(&self, finding: &Finding, event: &str, path: Option<&str>) -> Option<Location> {
        let (file, places) = self.file?;
        let versions = [finding.to_version, finding.from_version].into_iter().flatten();
        let entries: Vec<_> = versions.filter_map(|number| places.of(event, number)).collect();
        let name = path.map(|path| path.split(['.', '[', '{']).next().unwrap_or_default());
        let field = name.and_then(|name| entries.iter().find_map(|entry| field_line(file, *entry, name)));
        Some(Location::new(
            file,
            field.or_else(|| entries.first().map(|entry| line(file, *entry, "\"event_name\"")))?,
        ))
    }
}

/// The line of a field of the payload; those of objects stand further in.
fn field_line(file: &SourceFile, entry: Span, name: &str) -> Option<Span> {
    let text = file.slice(entry);
    let named = format!("\"name\": \"{name}\"");
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines = text
        .lines()
        .filter(|line| line.trim_start().trim_start_matches('{').trim_start().starts_with(&named));
    let found = lines.min_by_key(|line| indent(line))?;
    let start = entry.start() + (found.as_ptr() as usize - text.as_ptr() as usize) + indent(found);
    Some(Span::new(start, start + found.trim().trim_end_matches(',').len()))
}

/// The line of an entry that holds `word`.
fn line(file: &SourceFile, entry: Span, word: &str) -> Span {
    let text = file.slice(entry);
    let at = text.find(word).unwrap_or_default();
    let length = text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
    let shown = text[at..at + length].trim_end().trim_end_matches(',');
    Span::new(entry.start() + at, entry.start() + at + shown.len())
}
