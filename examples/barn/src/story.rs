use evt_runtime::{Connection, EmitError, Emitted, Row};
use serde_json::json;

use crate::cow::Cow;
use crate::events::{self, cow_fed, cow_weighed, AnyEvent};
use crate::upcast::Upcasts;

/// Feeds a cow: the event is written through the connection that the cow was saved with.
pub(crate) async fn feed<C: Connection>(
    connection: &mut C,
    cow: &Cow,
) -> Result<Emitted, EmitError> {
    events::cow_fed(cow_fed::In {
        cow,
        note: Some("at dawn".into()),
    })
    .metadata(json!({ "request_id": "r-1" }))
    .emit(connection)
    .await
}

/// Weighs a cow: an `inline` event, whose handlers run before this returns.
pub(crate) async fn weigh<C: Connection>(
    connection: &mut C,
    cow: &Cow,
) -> Result<Emitted, EmitError> {
    events::cow_weighed(cow_weighed::In { cow })
        .emit(connection)
        .await
}

/// What a stored event says, whatever version it was written as.
pub(crate) fn tell(row: &Row) -> String {
    match events::read::<Upcasts>(row) {
        Ok(AnyEvent::CowFed(fed)) => {
            format!(
                "cow_fed@{}: {} ({}) in the {} stall",
                row.event_version, fed.name, fed.mood, fed.stall
            )
        }
        Ok(other) => format!("{}@{}: {other:?}", row.event_name, row.event_version),
        Err(error) => error.to_string(),
    }
}
