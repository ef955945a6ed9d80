use evt_runtime::StepError;

use crate::events::cow_fed::{v1, v2, V1ToV2};
use crate::events::types::Mood;

/// What old events mean today.
pub(crate) struct Upcasts;

impl V1ToV2 for Upcasts {
    /// There was one stall then, and nobody asked for moods.
    fn v1_to_v2(old: v1::CowFed) -> Result<v2::CowFed, StepError> {
        let v1::CowFed { name, weight, note } = old;
        Ok(v2::CowFed {
            name,
            weight,
            note,
            mood: Mood::Calm,
            stall: "north".to_owned(),
        })
    }
}
