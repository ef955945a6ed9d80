//! Tests of what both databases do alike.

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                let outbox = super::Outbox::open("sqlite::memory:", "evt_outbox").unwrap();
                outbox.migrate().await.unwrap();
                super::$case(outbox).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                let Some(place) = super::Place::new().await else { return };
                super::$case(super::Outbox::open(&place.url, &place.table).unwrap()).await;
            })*
        }
    };
}

pub(crate) use on_both;
