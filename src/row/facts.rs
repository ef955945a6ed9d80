use crate::listing::columns::aligned;
use crate::visible::visible;

/// Names and values below each other; those without a value are left out.
pub(super) fn facts(facts: &[(&str, Option<String>)], indent: usize) -> String {
    let rows =
        facts.iter().filter_map(|(name, value)| Some(vec![(*name).to_owned(), visible(value.as_deref()?)]));
    aligned(&rows.collect::<Vec<_>>(), indent)
}
