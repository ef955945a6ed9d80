//! What PostgreSQL stores.

use evt_runtime::{Connection, Emission, EmitError, Emitted, emit_all};
use sqlx::Connection as _;

use crate::event::{CowFed, fed, milked};
use crate::server::Place;

#[tokio::test]
async fn events_commit_and_roll_back_with_the_callers_work() {
    let Some(place) = Place::new().await else { return };
    place.run(&format!("CREATE TABLE {}.cow (name text)", place.schema)).await;
    let mut connection = place.connect().await;
    for commits in [false, true] {
        let mut tx = connection.begin().await.unwrap();
        let cow = format!("INSERT INTO {}.cow VALUES ('{commits}')", place.schema);
        sqlx::raw_sql(sqlx::AssertSqlSafe(cow)).execute(&mut *tx).await.unwrap();
        fed(&commits.to_string()).table(&place.table).emit(&mut tx).await.unwrap();
        if commits { tx.commit().await.unwrap() } else { tx.rollback().await.unwrap() }
    }
    assert_eq!(place.texts("SELECT payload->>'note' FROM {T}").await, ["true"]);
    assert_eq!(place.texts("SELECT state FROM {T}_rows").await, ["pending"]);
    assert_eq!(place.texts(&format!("SELECT name FROM {}.cow", place.schema)).await, ["true"]);
}

#[tokio::test]
async fn a_row_holds_what_was_given() {
    let Some(place) = Place::new().await else { return };
    let emission =
        milked("7").table(&place.table).occurred_at("2027-01-31T08:30:00.1234567Z".parse().unwrap());
    emission.aggregate_version(3).idempotency_key("k").emit(&mut place.connect().await).await.unwrap();
    let rows = place.texts(
        "SELECT concat_ws(' | ', event_name, event_version, fingerprint, process_type, domain, subject, route, lane, \
         partition_key, payload, metadata, occurred_at AT TIME ZONE 'UTC', idempotency_key, aggregate_type, \
         aggregate_id, aggregate_version, on_dead_letter, replaces) FROM {T}",
    );
    insta::assert_snapshot!(rows.await.join("\n"), @r#"cow_milked | 2 | 0f3a | durable | farm | durable | 47 | Cow/7 | {"note":""} | {} | 2027-01-31 08:30:00.123456 | k | Cow | 7 | 3 | halt"#);
    let work = place.texts("SELECT concat_ws(' ', w.seq = t.seq, content_seq = t.seq, w.route, w.lane, state) FROM {T} t, {T}_work w");
    insta::assert_snapshot!(work.await.join("\n"), @"t t durable 47 pending");
}

#[tokio::test]
async fn bytes_stored_are_the_bytes_given() {
    let Some(place) = Place::new().await else { return };
    let mut envelope = fed("x").table(&place.table).envelope().unwrap();
    envelope.payload = "{\"b\":1e0, \"a\":-0.0,\"a\" :\"\\u00e4ä🐄\"}".to_owned();
    envelope.metadata = "{ \"z\":1,\"y\":2 }".to_owned();
    place.connect().await.insert(std::slice::from_ref(&envelope)).await.unwrap();
    assert_eq!(place.texts("SELECT payload::text FROM {T}").await, [envelope.payload]);
    assert_eq!(place.texts("SELECT metadata::text FROM {T}").await, [envelope.metadata]);
}

#[tokio::test]
async fn a_large_batch_keeps_its_order() {
    let Some(place) = Place::new().await else { return };
    let emissions: Vec<Emission<CowFed>> =
        (0..3000).map(|number| fed(&number.to_string()).table(&place.table)).collect();
    let answers = emit_all(emissions, &mut place.connect().await).await.unwrap();
    assert_eq!(answers.len(), 3000);
    let notes = place.texts("SELECT payload->>'note' FROM {T} ORDER BY seq").await;
    assert!(notes.iter().enumerate().all(|(at, note)| *note == at.to_string()));
    assert_eq!(place.texts("SELECT count(*)::text FROM {T}_work").await, ["3000"]);
}

#[tokio::test]
async fn a_batch_can_go_to_the_schemas_of_several_tenants() {
    let (Some(one), Some(other)) = (Place::new().await, Place::new().await) else { return };
    let places = [(&other, "1"), (&one, "2"), (&other, "3")];
    let emissions = places.map(|(place, note)| fed(note).table(&place.table));
    let seqs = emit_all(emissions.into(), &mut one.connect().await).await.unwrap();
    assert!(matches!(
        seqs[..],
        [
            Emitted::Enqueued { seq: 1, .. },
            Emitted::Enqueued { seq: 1, .. },
            Emitted::Enqueued { seq: 2, .. }
        ]
    ));
    assert_eq!(one.texts("SELECT payload->>'note' FROM {T} ORDER BY seq").await, ["2"]);
    assert_eq!(other.texts("SELECT payload->>'note' FROM {T} ORDER BY seq").await, ["1", "3"]);
}

#[tokio::test]
async fn duplicates_are_told_for_each_of_several_tables() {
    let (Some(one), Some(other)) = (Place::new().await, Place::new().await) else { return };
    let mut connection = one.connect().await;
    let keyed = |place: &Place, key: &str| fed("").table(&place.table).idempotency_key(key).skip_duplicates();
    let Emitted::Enqueued { id, seq } = keyed(&other, "k").emit(&mut connection).await.unwrap() else {
        panic!()
    };
    let batch = vec![keyed(&one, "k"), keyed(&other, "k"), fed("").table(&other.table), keyed(&one, "k")];
    let answers = emit_all(batch, &mut connection).await.unwrap();
    let [Emitted::Enqueued { id: new, seq: at }, known, Emitted::Enqueued { .. }, twin] = answers[..] else {
        panic!("{answers:?}")
    };
    assert_eq!(known, Emitted::Duplicate { id, seq });
    assert_eq!(twin, Emitted::Duplicate { id: new, seq: at });
}

/// A batch to two tables, of which the second refuses a row.
async fn is_written_whole<C: Connection>(mut to: C) {
    let (Some(one), Some(other)) = (Place::new().await, Place::new().await) else { return };
    other.run(&format!("ALTER TABLE {} ADD CHECK (payload->>'note' <> 'full')", other.table)).await;
    let batch = |last: &str| vec![fed("1").table(&one.table), fed(last).table(&other.table)];
    emit_all(batch("full"), &mut to).await.unwrap_err();
    assert_eq!(one.texts("SELECT payload->>'note' FROM {T}").await, <[&str; 0]>::default());
    emit_all(batch("2"), &mut to).await.unwrap();
    assert_eq!(one.texts("SELECT payload->>'note' FROM {T}").await, ["1"]);
    assert_eq!(other.texts("SELECT payload->>'note' FROM {T}").await, ["2"]);
}

#[tokio::test]
async fn a_batch_outside_of_a_transaction_is_written_whole_or_not_at_all() {
    let Some(place) = Place::empty().await else { return };
    is_written_whole(place.connect().await).await;
    is_written_whole(place.client().await).await;
}

#[tokio::test]
async fn of_several_tables_the_one_that_is_not_there_is_named() {
    let Some(place) = Place::new().await else { return };
    for missing in ["nowhere", "no_schema.evt_outbox"] {
        let batch = vec![fed("").table(&place.table), fed("").table(missing)];
        let error = emit_all(batch, &mut place.connect().await).await.unwrap_err();
        assert!(matches!(&error, EmitError::NotMigrated { table } if table == missing), "{error}");
        let error = milked("7").table(missing).emit(&mut place.connect().await).await.unwrap_err();
        assert!(matches!(&error, EmitError::NotMigrated { table } if table == missing), "{error}");
    }
}

#[tokio::test]
async fn what_does_not_fit_leaves_the_transaction_usable() {
    let Some(place) = Place::new().await else { return };
    let mut connection = place.connect().await;
    let mut tx = connection.begin().await.unwrap();
    let large = fed(&"x".repeat(300 << 10)).table(&place.table).emit(&mut tx).await.unwrap_err();
    assert!(matches!(large, EmitError::TooLarge { bytes: 307_211, .. }));
    fed("fits").table(&place.table).emit(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(place.texts("SELECT payload->>'note' FROM {T}").await, ["fits"]);
}

#[tokio::test]
async fn a_transaction_has_its_number_before_its_rows_have_their_places() {
    let Some(place) = Place::new().await else { return };
    let (schema, table) = (&place.schema, &place.table);
    // A sequence that has to write to the log, as it does for the first of 32 numbers, takes the number by itself.
    place
        .run(&format!(
            "CREATE SEQUENCE {schema}.numbers; \
             CREATE FUNCTION {schema}.numbered() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN \
             IF pg_current_xact_id_if_assigned() IS NULL THEN RAISE EXCEPTION 'no number'; END IF; \
             RETURN nextval('{schema}.numbers'); END $$; \
             ALTER TABLE {table} ALTER seq DROP IDENTITY, ALTER seq SET DEFAULT {schema}.numbered()"
        ))
        .await;
    let mut connection = place.connect().await;
    for key in ["a", "b", "c"] {
        fed(key).table(table).emit(&mut connection).await.unwrap();
        fed(key).table(table).idempotency_key(key).emit(&mut connection).await.unwrap();
        milked(key).table(table).emit(&mut connection).await.unwrap();
        emit_all(vec![fed(key).table(table), fed(key).table(table)], &mut connection).await.unwrap();
        emit_all(vec![milked(key).table(table), milked(key).table(table)], &mut connection).await.unwrap();
    }
    assert_eq!(place.texts("SELECT count(*)::text FROM {T}").await, ["21"]);
}
