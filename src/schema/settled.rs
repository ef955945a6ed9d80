//! Events of which nothing can have changed: known by the text of their entries, without parsing these.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::recognise::{Said, event_name, recognise};
use super::split::split;

/// The names of events that nobody wants to know of.
pub type LeftOut = BTreeSet<String>;

/// The events of a schema file that a base has in the same words, and of whose latest version the definitions say what
/// stands there. `base` is the text of another schema file; `None`: it is the same.
///
/// Only what is laid out as `evt dump` lays it out is looked at: in any other file no event is settled.
#[must_use]
pub fn settled<'d>(
    text: &str,
    base: Option<&str>,
    said_of: impl Fn(&str) -> Option<Said<'d>> + Sync,
) -> LeftOut {
    let of_base: Option<BTreeMap<_, _>> =
        base.map(|base| histories(base).into_iter().map(|history| (history.event, history.text)).collect());
    let is_settled = |history: &History<'_>| {
        of_base.as_ref().is_none_or(|of_base| of_base.get(history.event) == Some(&history.text))
            && said_of(history.event).is_some_and(|said| recognise(history.latest, said).is_some())
    };
    let histories = histories(text).into_par_iter().with_min_len(64).filter(is_settled);
    histories.map(|history| history.event.to_owned()).collect()
}

/// The entries of one event in a schema file.
struct History<'t> {
    event: &'t str,
    /// All of them.
    text: &'t str,
    /// The last one.
    latest: &'t str,
}

fn histories(text: &str) -> Vec<History<'_>> {
    let entries = split(text).unwrap_or_default();
    let events = entries.chunk_by(|a, b| event_name(a) == event_name(b));
    events.filter_map(|entries| History::of(text, entries)).collect()
}

impl<'t> History<'t> {
    fn of(text: &'t str, entries: &[&'t str]) -> Option<Self> {
        let place = |entry: &str| entry.as_ptr() as usize - text.as_ptr() as usize;
        let (first, latest) = (entries.first()?, *entries.last()?);
        let all = &text[place(first)..place(latest) + latest.len()];
        Some(Self { event: event_name(latest)?, text: all, latest })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::schema::{Schema, read_schema};
    use crate::source::SourceFile;

    const SHOP: &str = include_str!("../../fixtures/projects/shop/schemas/events.json");

    fn shop() -> Schema {
        read_schema(&Arc::new(SourceFile::new("events.json", SHOP.to_owned()))).schema
    }

    /// The events that are settled where the definitions say what `schema` says.
    fn settled_as(schema: &Schema, base: Option<&str>) -> LeftOut {
        let said = |name: &str| {
            let latest = schema.latest(name)?;
            Some(Said { contract: &latest.contract, metadata: &latest.metadata })
        };
        settled(SHOP, base, said)
    }

    fn in_use(schema: &Schema) -> LeftOut {
        let is_in_use = |name: &&String| schema.latest(name).is_some_and(|latest| !latest.retired);
        schema.events.keys().filter(is_in_use).cloned().collect()
    }

    #[test]
    fn what_is_said_and_stood_before_is_settled() {
        let shop = shop();
        assert!(in_use(&shop).len() > 20);
        assert_eq!(settled_as(&shop, None), in_use(&shop));
        assert_eq!(settled_as(&shop, Some(SHOP)), in_use(&shop));
    }

    #[test]
    fn what_the_base_does_not_have_is_not_settled() {
        let (shop, mut base) = (shop(), shop());
        let (name, versions) = base.events.iter_mut().find(|(_, versions)| versions.len() > 1).unwrap();
        let name = name.clone();
        versions.pop();
        let mut left = in_use(&shop);
        left.remove(&name);
        assert_eq!(settled_as(&shop, Some(&base.text())), left);
        assert_eq!(settled_as(&shop, Some("")), LeftOut::new());
    }

    #[test]
    fn what_the_definitions_do_not_say_is_not_settled() {
        let mut shop = shop();
        let name = in_use(&shop).into_iter().next().unwrap();
        let latest = shop.events.get_mut(&name).and_then(|versions| versions.last_mut()).unwrap();
        Arc::make_mut(&mut latest.metadata).owner = Some("somebody else".to_owned());
        assert!(!settled_as(&shop, None).contains(&name));
        assert!(settled(SHOP, None, |_| None).is_empty());
    }
}
