use std::fmt::Write as _;

use super::Recorder;
use crate::definition::Event;
use crate::envelope::Envelope;

/// Fails a test unless an event was emitted, one for which a condition holds where one is given. The message lists what
/// was emitted instead.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Emission, Recorder, assert_emitted};
///
/// let mut recorder = Recorder::new();
/// Emission::new(CowFed::of(2.5)).emit_sync(&mut recorder)?;
/// assert_emitted!(recorder, CowFed);
/// assert_emitted!(recorder, CowFed, |event| event.weight > 2.0);
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[macro_export]
macro_rules! assert_emitted {
    ($recorder:expr, $event:ty $(,)?) => {
        $crate::recorder::emitted::<$event>(&$recorder, |_| true)
    };
    ($recorder:expr, $event:ty, $holds:expr $(,)?) => {
        $crate::recorder::emitted::<$event>(&$recorder, $holds)
    };
}

/// Fails a test if an event was emitted, one for which a condition holds where one is given. The message lists what was
/// emitted.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::{CowFed, HaySold};
/// use evt_runtime::{Emission, Recorder, assert_not_emitted};
///
/// let mut recorder = Recorder::new();
/// Emission::new(CowFed::of(2.5)).emit_sync(&mut recorder)?;
/// assert_not_emitted!(recorder, HaySold);
/// assert_not_emitted!(recorder, CowFed, |event| event.weight > 3.0);
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[macro_export]
macro_rules! assert_not_emitted {
    ($recorder:expr, $event:ty $(,)?) => {
        $crate::recorder::not_emitted::<$event>(&$recorder, |_| true)
    };
    ($recorder:expr, $event:ty, $holds:expr $(,)?) => {
        $crate::recorder::not_emitted::<$event>(&$recorder, $holds)
    };
}

/// What [`assert_emitted!`](crate::assert_emitted) does.
///
/// # Panics
/// Unless `recorder` holds an event for which `holds`.
#[doc(hidden)]
#[track_caller]
pub fn emitted<E: Event>(recorder: &Recorder, holds: impl Fn(&E) -> bool) {
    let events = recorder.events::<E>();
    let name = E::definition().name;
    match events.len() {
        0 => panic!("no `{name}` was emitted{}", instead(recorder.envelopes())),
        _ if events.iter().any(holds) => {}
        count => panic!("{count} `{name}` emitted, none as asked{}", instead(recorder.envelopes())),
    }
}

/// What [`assert_not_emitted!`](crate::assert_not_emitted) does.
///
/// # Panics
/// If `recorder` holds an event for which `holds`.
#[doc(hidden)]
#[track_caller]
pub fn not_emitted<E: Event>(recorder: &Recorder, holds: impl Fn(&E) -> bool) {
    let count = recorder.events::<E>().iter().filter(|event| holds(event)).count();
    let name = E::definition().name;
    assert!(
        count == 0,
        "{count} `{name}` emitted that should not have been{}",
        instead(recorder.envelopes())
    );
}

fn instead(envelopes: &[Envelope]) -> String {
    if envelopes.is_empty() {
        return ", nor anything else".to_owned();
    }
    envelopes.iter().fold("; emitted were:".to_owned(), |mut list, it| {
        let _ = write!(list, "\n  {}@{} {}", it.definition.name, it.definition.version, it.payload);
        list
    })
}
