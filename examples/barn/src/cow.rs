use crate::events::types::Mood;

/// A cow of ours. The definitions say that events read her fields (`rust: { path: "crate::cow::Cow" }`).
#[derive(Clone, Debug)]
pub(crate) struct Cow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) weight: f64,
    pub(crate) mood: Mood,
    pub(crate) stall: String,
}

impl Cow {
    /// Bella, who is always hungry.
    pub(crate) fn bella() -> Self {
        Self {
            id: "7".to_owned(),
            name: "Bella".to_owned(),
            weight: 612.5,
            mood: Mood::Hungry,
            stall: "north".to_owned(),
        }
    }
}
