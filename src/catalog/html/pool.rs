use std::collections::HashMap;

/// JSON texts that are written once, however often they are needed.
#[derive(Default)]
pub(super) struct Pool {
    texts: Vec<String>,
    places: HashMap<String, usize>,
}

impl Pool {
    /// The place of a text in the list.
    pub(super) fn place(&mut self, text: String) -> usize {
        if let Some(place) = self.places.get(&text) {
            return *place;
        }
        let place = self.texts.len();
        self.texts.push(text.clone());
        self.places.insert(text, place);
        place
    }

    /// The list, in the order in which its texts first came.
    pub(super) fn into_json(self) -> String {
        format!("[{}]", self.texts.join(",\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_stands_once() {
        let mut pool = Pool::default();
        assert_eq!(["1", "2", "1"].map(|text| pool.place(text.to_owned())), [0, 1, 0]);
        assert_eq!(pool.into_json(), "[1,\n2]");
    }
}
