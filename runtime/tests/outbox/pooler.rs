//! PgBouncer in transaction mode, with one connection for all.

use std::time::Duration;

use evt_runtime::outbox::operator::{Bulk, Filter, NewContent, Outbox, Page, Reorder, Settled};
use evt_runtime::outbox::{self, Prepared, PreparedStatements};
use evt_runtime::{Emission, emit_all};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::both::{anna, dead, emit, go_on};
use crate::event::{CowFed, fed, milked, sold};
use crate::filled::now;
use crate::server::{Place, Server, connect};

/// How many prepared statements the server holds for the pooler's connection.
async fn left_behind(pooler: &str) -> i64 {
    let mut connection = connect(pooler).await;
    let row = sqlx::raw_sql("SELECT count(*) FROM pg_prepared_statements").fetch_one(&mut connection).await;
    sqlx::Row::get(&row.unwrap(), 0)
}

/// Everything that operators do.
async fn work(outbox: &Outbox, cow: &str) {
    let head = emit(outbox, milked(cow)).await;
    let next = emit(outbox, sold(cow).idempotency_key(cow)).await;
    outbox.settle(head, &dead("413")).await.unwrap();
    let content = NewContent { event_version: 2, fingerprint: "0f3a".into(), payload: "{}".into() };
    outbox.replace(head, &content, Reorder::Refused, &anna()).await.unwrap();
    outbox.settle(head, &Settled::Published).await.unwrap();
    let later = Settled::Retrying { after: Duration::from_secs(9), code: "503".into(), text: "later".into() };
    outbox.settle(next, &later).await.unwrap();
    outbox.settle(next, &dead("422")).await.unwrap();
    let one = Filter { ids: vec![next], ..Filter::default() };
    assert_eq!(outbox.count_dead(&one).await.unwrap(), (1, 1));
    let anyway = Bulk { reorder: Reorder::Allowed, ..Bulk::default() };
    assert_eq!(outbox.retry(&one, anyway, &anna(), &mut go_on).await.unwrap().changed, 1);
    outbox.settle(next, &dead("422")).await.unwrap();
    assert_eq!(outbox.discard(&one, anyway, &anna(), &mut go_on).await.unwrap().changed, 1);
    outbox.pause(Some(cow), &anna()).await.unwrap();
    assert!(outbox.resume(Some(cow), &anna()).await.unwrap());
    assert!(!outbox.list(&Filter::default(), Page::first(9)).await.unwrap().is_empty());
    assert_eq!(outbox.entry(head).await.unwrap().original_payload.as_deref(), Some(r#"{"note":""}"#));
    outbox.stats().await.unwrap();
    outbox.blocked(9).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_work_behind_a_pooler_and_leave_nothing_prepared() {
    let Some(mut server) = Server::own() else { return };
    let Some(pooler) = server.pooler() else { return };
    let place = Place::at(&pooler).await;
    let migrating = Outbox::open(&pooler, &place.table).unwrap();
    assert_eq!(migrating.migrate().await.unwrap().before, None);
    assert_eq!(migrating.layout().await.unwrap(), Some(outbox::LAYOUT));
    let mut workers = Vec::new();
    for number in 0..4 {
        let outbox = Outbox::open(&pooler, &place.table).unwrap();
        workers.push(tokio::spawn(async move {
            for round in 0..3 {
                work(&outbox, &format!("{number}.{round}")).await;
            }
        }));
    }
    for worker in workers {
        worker.await.unwrap();
    }
    let stats = migrating.stats().await.unwrap();
    assert_eq!((stats.published, stats.discarded, stats.pending), (12, 12, 0));
    let all = now() + jiff::SignedDuration::from_hours(1);
    assert_eq!(migrating.cleanup(all, &anna(), &mut go_on).await.unwrap().published, 12);
    assert_eq!(left_behind(&pooler).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_write_behind_a_pooler_and_leave_nothing_prepared() {
    let Some(mut server) = Server::own() else { return };
    let Some(pooler) = server.pooler() else { return };
    let place = Place::at(&pooler).await;
    // For the whole process: the other tests are written to as before, in one more round trip.
    outbox::set_prepared(Prepared::Never);
    outbox::migrate(&mut place.connect().await, &place.table).await.unwrap();
    let mut writers = Vec::new();
    for number in 0..4 {
        let (url, table) = (pooler.clone(), place.table.clone());
        writers.push(tokio::spawn(async move {
            let (mut client, connection) =
                tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let mut kept = PreparedStatements::default();
            let options: PgConnectOptions = url.parse().unwrap();
            let options = options.statement_cache_capacity(0).extra_float_digits(None);
            let pool: PgPool = PgPoolOptions::new().max_connections(2).connect_with(options).await.unwrap();
            outbox::check(&mut *pool.acquire().await.unwrap(), &table).await.unwrap();
            for round in 0..5 {
                let note = format!("{number}.{round}");
                let mut tx = pool.begin().await.unwrap();
                milked(&note).table(&table).idempotency_key(&note).emit(&mut tx).await.unwrap();
                let both: Vec<Emission<CowFed>> = vec![fed("a").table(&table), fed("b").table(&table)];
                emit_all(both, &mut tx).await.unwrap();
                tx.commit().await.unwrap();
                fed("c").table(&table).emit(&mut client).await.unwrap();
                fed("d").table(&table).emit(&mut kept.on(&client)).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(place.texts("SELECT count(*)::text FROM {T}").await, ["100"]);
    assert_eq!(left_behind(&pooler).await, 0);
}
