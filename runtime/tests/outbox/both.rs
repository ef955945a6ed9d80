//! What tests of operators on both databases share.

use std::ops::ControlFlow;

use evt_runtime::outbox::operator::{Operator, Outbox, Settled};
use evt_runtime::types::Uuid;
use evt_runtime::{Emission, Emitted, Event};

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                let outbox = evt_runtime::outbox::operator::Outbox::open("sqlite::memory:", "evt_outbox").unwrap();
                outbox.migrate().await.unwrap();
                super::$case(outbox).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                let Some(place) = crate::server::Place::new().await else { return };
                super::$case(evt_runtime::outbox::operator::Outbox::open(&place.url, &place.table).unwrap()).await;
            })*
        }
    };
}

pub(crate) use on_both;

pub(crate) async fn emit<E: Event>(outbox: &Outbox, emission: Emission<E>) -> Uuid {
    let table = outbox.table_name();
    let mut writing = outbox.write().await.unwrap();
    let Emitted::Enqueued { id, .. } = emission.table(table).emit(&mut writing).await.unwrap() else {
        panic!()
    };
    writing.commit().await.unwrap();
    id
}

pub(crate) fn dead(code: &str) -> Settled {
    Settled::Dead { reason: "max_attempts".into(), code: code.into(), text: format!("said {code}") }
}

pub(crate) fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(crate) fn anna() -> Operator {
    Operator::new("anna").because("the broker is back")
}
