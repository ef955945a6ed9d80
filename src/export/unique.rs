use std::collections::BTreeSet;

/// Names of one scope: a second one that is wanted gets a number.
#[derive(Debug, Default)]
pub(crate) struct Unique(BTreeSet<String>);

impl Unique {
    /// The name, or `name_2`, `name_3` … where it is taken.
    pub(crate) fn claim(&mut self, wanted: &str) -> String {
        let numbered = (2_u64..).map(|number| format!("{wanted}_{number}"));
        let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !self.0.contains(name));
        let name = free.expect("numbers do not end");
        self.0.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Unique;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut names = Unique::default();
        assert_eq!(["a", "a_2", "a", "b"].map(|name| names.claim(name)), ["a", "a_2", "a_3", "b"]);
    }
}
