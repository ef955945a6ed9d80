//! What a role needs that only writes.

use evt_runtime::{Emitted, outbox};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::event::{fed, milked};
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
