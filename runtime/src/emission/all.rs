use tracing::Instrument as _;

use super::emit::{OnDuplicate, deliver};
use super::{Emission, Emitted, trace};
use crate::connection::{Connection, Inserted, SyncConnection};
use crate::definition::Event;
use crate::envelope::Envelope;
use crate::error::EmitError;

/// Emits events of one kind in the given order, as one batch; gives one answer an event. Without a transaction of
/// the caller's all are written or none, whatever tables they name.
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
    let span = trace::several(E::definition(), emissions.len());
    let work = async {
        let sealed = seal(emissions)?;
        if !E::definition().process_type.is_stored() {
            return sealed.deliver(|delivered| connection.observe(delivered));
        }
        let empty = sealed.envelopes.is_empty();
        let inserted = if empty { Vec::new() } else { connection.insert(&sealed.envelopes).await? };
        sealed.answers(&inserted)
    };
    trace::ended(&span, work.instrument(span.clone()).await)
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
    let span = trace::several(E::definition(), emissions.len());
    let emitted = span.in_scope(|| {
        let sealed = seal(emissions)?;
        if !E::definition().process_type.is_stored() {
            return sealed.deliver(|delivered| connection.observe_sync(delivered));
        }
        let empty = sealed.envelopes.is_empty();
        let inserted = if empty { Vec::new() } else { connection.insert_sync(&sealed.envelopes)? };
        sealed.answers(&inserted)
    });
    trace::ended(&span, emitted)
}

/// Events of which each fits, one after the other.
struct Sealed<E> {
    envelopes: Vec<Envelope>,
    rest: Vec<(E, OnDuplicate)>,
}

fn seal<E: Event>(emissions: Vec<Emission<E>>) -> Result<Sealed<E>, EmitError> {
    let mut sealed =
        Sealed { envelopes: Vec::with_capacity(emissions.len()), rest: Vec::with_capacity(emissions.len()) };
    for Emission { payload, head, on_duplicate } in emissions {
        sealed.envelopes.push(head.seal(&payload)?);
        sealed.rest.push((payload, on_duplicate));
    }
    Ok(sealed)
}

impl<E: Event> Sealed<E> {
    fn deliver(self, mut observe: impl FnMut(&Envelope)) -> Result<Vec<Emitted>, EmitError> {
        let each = self.envelopes.into_iter().zip(self.rest);
        each.map(|(envelope, (payload, _))| {
            let delivered = deliver(envelope, payload)?;
            observe(&delivered);
            Ok(Emitted::Delivered { id: delivered.id })
        })
        .collect()
    }

    fn answers(self, inserted: &[Inserted]) -> Result<Vec<Emitted>, EmitError> {
        let answers = inserted.chunks(1).chain(std::iter::repeat(&[][..]));
        let each = self.rest.into_iter().zip(answers);
        each.map(|((_, on_duplicate), inserted)| on_duplicate.answer(E::definition(), inserted)).collect()
    }
}
