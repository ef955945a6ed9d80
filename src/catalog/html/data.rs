//! All events as JSON, small: versions name their fields and what else they say by places in two lists, since most of
//! it is the same in every version of an event.

use rayon::prelude::*;
use serde_json::json;

use super::about::About;
use super::field;
use super::pool::Pool;
use crate::diff::{describe, line_text};
use crate::schema::{Schema, Version};
use crate::visible::visible;

/// `{"fields": […], "abouts": […], "events": [[name, [version…]]…]}`, where a version is
/// `[fingerprint, about, [field…], [change…]]`.
pub(super) fn json(schema: &Schema) -> String {
    let (mut fields, mut abouts) = (Pool::default(), Pool::default());
    let texts: Vec<_> = schema.events.par_iter().map(|(name, versions)| (name, texts(versions))).collect();
    let events: Vec<String> = texts
        .into_iter()
        .map(|(name, texts)| {
            let versions: Vec<String> =
                texts.into_iter().map(|text| text.placed(&mut fields, &mut abouts)).collect();
            format!("[{},[{}]]", json!(visible(name)), versions.join(","))
        })
        .collect();
    format!(
        "{{\"fields\":{},\n\"abouts\":{},\n\"events\":[{}]}}",
        fields.into_json(),
        abouts.into_json(),
        events.join(",\n")
    )
}

/// What one version says, each part as JSON.
struct VersionText {
    fingerprint: String,
    about: String,
    fields: Vec<String>,
    changes: Vec<String>,
}

fn texts(versions: &[Version]) -> Vec<VersionText> {
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    versions.iter().zip(before).map(|(version, before)| VersionText::of(version, before)).collect()
}

impl VersionText {
    fn of(version: &Version, before: Option<&Version>) -> Self {
        let changes = before.map(|before| describe(before, version)).unwrap_or_default();
        Self {
            fingerprint: format!("{:.12}", version.fingerprint.to_string()),
            about: About::of(version).json(),
            fields: version.contract.payload_fields.iter().map(field::json).collect(),
            changes: changes.iter().map(|change| on_one_line(&line_text(change))).collect(),
        }
    }

    fn placed(self, fields: &mut Pool, abouts: &mut Pool) -> String {
        let places: Vec<usize> = self.fields.into_iter().map(|text| fields.place(text)).collect();
        let mut version = vec![json!(self.fingerprint), json!(abouts.place(self.about)), json!(places)];
        if !self.changes.is_empty() {
            version.push(json!(self.changes));
        }
        serde_json::Value::Array(version).to_string()
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().map(visible).collect::<Vec<_>>().join(" ")
}
