//! The states that the definitions of a project are in.

/// What has become of the definitions since they were first sealed: optional fields were added.
#[derive(Clone, Copy)]
pub(crate) enum Edition {
    /// Nothing.
    Sealed,
    /// One event in twenty has got one.
    Changed,
    /// So many generations of change, up to [`GENERATIONS`].
    Grown(usize),
    /// All generations, and then one event in twenty has got one more.
    Outgrown,
}

/// How often the events that change most have changed.
pub(crate) const GENERATIONS: usize = 10;
/// One event in so many changes.
const CHANGED: usize = 20;
/// Which of those events.
const CHANGING: usize = 3;

impl Edition {
    /// How many fields event number `index` has got.
    pub(crate) fn added(self, index: usize) -> usize {
        let is_changing = usize::from(index % CHANGED == CHANGING);
        match self {
            Self::Sealed => 0,
            Self::Changed => is_changing,
            Self::Grown(generation) => growth(index).min(generation),
            Self::Outgrown => growth(index) + is_changing,
        }
    }
}

/// How often an event changes over all generations: one in ten each time, five in ten once. With the first version that
/// is 2.5 versions an event.
fn growth(index: usize) -> usize {
    match index % 10 {
        1 => GENERATIONS,
        0 | 2..=5 => 1,
        _ => 0,
    }
}
