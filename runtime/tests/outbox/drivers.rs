//! What holds for every driver that is awaited.

use evt_runtime::outbox::PreparedStatements;
use evt_runtime::{Connection, Emission, EmitError, Emitted, emit_all, outbox};
use sqlx::{Connection as _, PgPool, SqliteConnection, SqlitePool};

use crate::event::{CowFed, fed};
use crate::server::Place;

/// Emits in order, in a batch and one by one, with duplicates of every kind.
async fn emits<C: Connection>(to: &mut C, table: &str) {
    let key = |note: &str| fed(note).table(table).idempotency_key(note).skip_duplicates();
    let Emitted::Enqueued { id: first, seq: first_seq } = key("a").emit(to).await.unwrap() else { panic!() };
    let answers = emit_all(vec![key("b"), key("a"), fed("no key").table(table), key("b")], to).await.unwrap();
    let [Emitted::Enqueued { id: b, seq: b_seq }, stored, Emitted::Enqueued { seq: last, .. }, twin] =
        answers[..]
    else {
        panic!("{answers:?}")
    };
    assert_eq!(stored, Emitted::Duplicate { id: first, seq: first_seq });
    assert_eq!(twin, Emitted::Duplicate { id: b, seq: b_seq });
    assert!(first_seq < b_seq && b_seq < last);
    let refused = fed("a").table(table).idempotency_key("a").emit(to).await.unwrap_err();
    assert!(matches!(refused, EmitError::Duplicate { event: "cow_fed", id, .. } if id == first));
    assert!(matches!(fed("after").table(table).emit(to).await, Ok(Emitted::Enqueued { .. })));
    assert_eq!(emit_all(Vec::<Emission<CowFed>>::new(), to).await.unwrap(), []);
}

/// Emits more in a batch than any statement takes, with duplicates of what is in it and of what was there before.
async fn emits_many<C: Connection>(to: &mut C, table: &str) {
    let key = |key: usize| fed("").table(table).idempotency_key(format!("many {key}")).skip_duplicates();
    let stored = key(7).emit(to).await.unwrap();
    let answers = emit_all((0..130).map(|number| key(number % 120)).collect(), to).await.unwrap();
    let (mut new, mut twins) = (Vec::new(), Vec::new());
    for (number, answer) in answers.iter().enumerate() {
        match answer {
            Emitted::Enqueued { id, seq } => new.push((*seq, Emitted::Duplicate { id: *id, seq: *seq })),
            twin => twins.push((number, *twin)),
        }
    }
    assert!(new.is_sorted_by(|(one, _), (next, _)| one < next), "{new:?}");
    let Emitted::Enqueued { id, seq } = stored else { panic!() };
    let stored = Emitted::Duplicate { id, seq };
    let mut expected = vec![(7, stored)];
    // All but the seventh are new, so that what comes after it stands one place earlier.
    let twin = |key: usize| if key == 7 { stored } else { new[key - usize::from(key > 7)].1 };
    expected.extend((120..130).map(|number| (number, twin(number - 120))));
    assert_eq!(twins, expected);
}

/// An outbox that nobody made is an error that says what to do.
async fn wants_a_migration<C: Connection>(to: &mut C) {
    let missing = fed("").table("nowhere").emit(to).await.unwrap_err();
    assert_eq!(
        missing.to_string(),
        "there is no outbox table `nowhere`: create it with `evt_runtime::outbox::migrate`"
    );
}

#[tokio::test]
async fn sqlx_postgres() {
    let Some(place) = Place::new().await else { return };
    let pool = PgPool::connect(&place.url).await.unwrap();
    let mut tx = pool.begin().await.unwrap();
    emits(&mut tx, &place.table).await;
    tx.rollback().await.unwrap();
    emits(&mut pool.acquire().await.unwrap(), &place.table).await;
    wants_a_migration(&mut pool.acquire().await.unwrap()).await;
    assert_eq!(
        place.texts("SELECT note FROM (SELECT payload->>'note' AS note, seq FROM {T}) t ORDER BY seq").await,
        ["a", "b", "no key", "after"]
    );
    emits_many(&mut pool.begin().await.unwrap(), &place.table).await;
}

#[tokio::test]
async fn tokio_postgres() {
    let Some(place) = Place::empty().await else { return };
    let (mut client, connection) = tokio_postgres::connect(&place.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    assert_eq!(outbox::migrate(&mut client, &place.table).await.unwrap().before, None);
    assert_eq!(outbox::migrate(&mut client, &place.table).await.unwrap().before, Some(outbox::LAYOUT));
    let mut tx = client.transaction().await.unwrap();
    emits(&mut tx, &place.table).await;
    tx.rollback().await.unwrap();
    emits(&mut client, &place.table).await;
    wants_a_migration(&mut client).await;
    emits_many(&mut client, &place.table).await;
}

#[tokio::test]
async fn tokio_postgres_that_prepares() {
    let Some(place) = Place::new().await else { return };
    let (mut client, mut kept) = (place.client().await, PreparedStatements::default());
    let tx = client.transaction().await.unwrap();
    emits(&mut kept.on(&tx), &place.table).await;
    tx.rollback().await.unwrap();
    emits(&mut kept.on(&client), &place.table).await;
    wants_a_migration(&mut kept.on(&client)).await;
    emits_many(&mut kept.on(&client), &place.table).await;
}

#[tokio::test]
async fn sqlx_sqlite() {
    let mut connection = SqliteConnection::connect(":memory:").await.unwrap();
    outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
    emits(&mut tx, "evt_outbox").await;
    tx.rollback().await.unwrap();
    emits(&mut connection, "evt_outbox").await;
    wants_a_migration(&mut connection).await;
    emits_many(&mut connection, "evt_outbox").await;

    let pool = SqlitePool::connect(":memory:").await.unwrap();
    let mut pooled = pool.acquire().await.unwrap();
    outbox::migrate(&mut *pooled, "evt_outbox").await.unwrap();
    emits(&mut pooled, "evt_outbox").await;
}

/// A runtime of several threads takes no others. They are made here, not run.
#[test]
fn futures_are_send() {
    fn send<F: Future + Send>(_: F) {}
    async fn both<C: Connection>(to: &mut C) {
        let _ = fed("").emit(to).await;
        let _ = emit_all(vec![fed("")], to).await;
    }
    send(async {
        let pool = PgPool::connect("").await.unwrap();
        both(&mut pool.begin().await.unwrap()).await;
        both(&mut pool.acquire().await.unwrap()).await;
        both(&mut *pool.acquire().await.unwrap()).await;
        outbox::migrate(&mut *pool.acquire().await.unwrap(), "").await.unwrap();
    });
    send(async {
        let pool = SqlitePool::connect("").await.unwrap();
        both(&mut pool.begin().await.unwrap()).await;
        both(&mut pool.acquire().await.unwrap()).await;
        both(&mut *pool.acquire().await.unwrap()).await;
        outbox::migrate(&mut *pool.acquire().await.unwrap(), "").await.unwrap();
    });
    send(async {
        let (mut client, _) = tokio_postgres::connect("", tokio_postgres::NoTls).await.unwrap();
        both(&mut client).await;
        both(&mut client.transaction().await.unwrap()).await;
        let mut kept = PreparedStatements::default();
        both(&mut kept.on(&client)).await;
        both(&mut kept.on(&client.transaction().await.unwrap())).await;
        outbox::migrate(&mut client, "").await.unwrap();
    });
}
