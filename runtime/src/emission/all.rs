use crate::connection::{Connection, Inserted, SyncConnection};
use crate::definition::Event;
use crate::emission::{Emission, Emitted, deliver};
use crate::envelope::Envelope;
use crate::error::EmitError;

/// Emits events of one kind in the given order, as one batch; gives one answer an event.
///
/// # Errors
/// As [`Emission::emit`]. Nothing is written where an event does not fit. Where one is a duplicate and
/// [`Emission::skip_duplicates`] was not asked for, the others are written all the same: the caller's transaction
/// decides what becomes of them.
///
/// ```
/// use evt_runtime::{Connection, EmitError, Emission, Event, emit_all};
///
/// async fn fed<E: Event>(cows: Vec<E>, tx: &mut impl Connection) -> Result<usize, EmitError> {
///     let emissions = cows.into_iter().map(|cow| Emission::new(cow).skip_duplicates()).collect();
///     Ok(emit_all(emissions, tx).await?.len())
/// }
/// ```
pub async fn emit_all<E: Event, C: Connection>(
    emissions: Vec<Emission<E>>,
    connection: &mut C,
) -> Result<Vec<Emitted>, EmitError> {
    let envelopes = envelopes(&emissions)?;
    if !E::definition().process_type.is_stored() {
        return envelopes.iter().map(deliver).collect();
    }
    let inserted = if envelopes.is_empty() { Vec::new() } else { connection.insert(&envelopes).await? };
    answers(emissions, &inserted)
}

/// Like [`emit_all`], for drivers that block.
///
/// # Errors
/// As there.
///
/// ```
/// use evt_runtime::{EmitError, Emission, Event, SyncConnection, emit_all_sync};
///
/// fn fed<E: Event>(cows: Vec<E>, tx: &mut impl SyncConnection) -> Result<usize, EmitError> {
///     Ok(emit_all_sync(cows.into_iter().map(Emission::new).collect(), tx)?.len())
/// }
/// ```
pub fn emit_all_sync<E: Event, C: SyncConnection>(
    emissions: Vec<Emission<E>>,
    connection: &mut C,
) -> Result<Vec<Emitted>, EmitError> {
    let envelopes = envelopes(&emissions)?;
    if !E::definition().process_type.is_stored() {
        return envelopes.iter().map(deliver).collect();
    }
    let inserted = if envelopes.is_empty() { Vec::new() } else { connection.insert_sync(&envelopes)? };
    answers(emissions, &inserted)
}

fn envelopes<E: Event>(emissions: &[Emission<E>]) -> Result<Vec<Envelope>, EmitError> {
    emissions.iter().map(Emission::envelope).collect()
}

fn answers<E: Event>(emissions: Vec<Emission<E>>, inserted: &[Inserted]) -> Result<Vec<Emitted>, EmitError> {
    let answers = inserted.chunks(1).chain(std::iter::repeat(&[][..]));
    emissions.into_iter().zip(answers).map(|(emission, inserted)| emission.answer(inserted)).collect()
}
