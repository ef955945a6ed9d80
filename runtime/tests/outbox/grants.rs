//! What a role needs that only writes, and one that only publishes.

use evt_runtime::outbox::operator::{Outbox, OutboxError};
use evt_runtime::relay::{Drained, Outcome};
use evt_runtime::{Emitted, outbox};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::both::{anna, emit};
use crate::event::{fed, milked};
use crate::relay::broker::Broker;
use crate::relay::quick;
use crate::server::Place;

#[tokio::test]
async fn a_writer_with_nothing_but_the_grants_can_enqueue() {
    let Some(place) = Place::new().await else { return };
    let role = format!("writer of {}", place.schema);
    place.run(&format!("CREATE ROLE \"{role}\"")).await;
    for grant in outbox::grants_sql(&place.table, &role).unwrap() {
        place.run(&grant).await;
    }
    let mut connection = place.connect().await;
    sqlx::raw_sql(AssertSqlSafe(format!("SET ROLE \"{role}\""))).execute(&mut connection).await.unwrap();

    assert_eq!(outbox::check(&mut connection, &place.table).await.unwrap(), outbox::LAYOUT);
    let mut tx = connection.begin().await.unwrap();
    milked("7").table(&place.table).emit(&mut tx).await.unwrap();
    for note in ["first", "second"] {
        let event = fed(note).table(&place.table).idempotency_key("k").skip_duplicates();
        let answer = event.emit(&mut tx).await.unwrap();
        assert_eq!(matches!(answer, Emitted::Duplicate { .. }), note == "second");
    }
    tx.commit().await.unwrap();
    let reads = format!("SELECT payload FROM {}", place.table);
    assert!(sqlx::raw_sql(AssertSqlSafe(reads)).execute(&mut connection).await.is_err());
    drop(connection);
    place.run(&format!("DROP OWNED BY \"{role}\"; DROP ROLE \"{role}\"")).await;
}

#[tokio::test]
async fn a_relay_with_nothing_but_the_grants_can_publish() {
    let Some(place) = Place::new().await else { return };
    let role = format!("relay of {}", place.schema);
    place.run(&format!("CREATE ROLE \"{role}\"")).await;
    for grant in outbox::relay_grants_sql(&place.table, &role).unwrap() {
        place.run(&grant).await;
    }
    let owner = Outbox::open(&place.url, &place.table).unwrap();
    for number in 0..20 {
        emit(&owner, fed(&number.to_string()).aggregate("Cow", number.to_string())).await;
    }
    let set = format!("SET ROLE \"{role}\"");
    let pool = PgPoolOptions::new().after_connect(move |connection, _| {
        let set = set.clone();
        Box::pin(async move { sqlx::raw_sql(AssertSqlSafe(set)).execute(connection).await.map(drop) })
    });
    let outbox = Outbox::postgres(pool.connect(&place.url).await.unwrap(), &place.table).unwrap();
    let broker = Broker::default();
    broker.answer("7", Outcome::refused("422", "no"));
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    let stats = owner.stats().await.unwrap();
    assert_eq!((stats.published, stats.dead), (19, 1));
    let elsewhere = Broker::at("journal:elsewhere");
    quick(&outbox, &elsewhere).change_destination(anna()).drain().await.unwrap();
    assert!(matches!(outbox.pause(None, &anna()).await.unwrap_err(), OutboxError::Denied { .. }));
    place.run(&format!("DROP OWNED BY \"{role}\"; DROP ROLE \"{role}\"")).await;
}
