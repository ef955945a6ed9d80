//! Several operators at once, and what they come between.

use std::time::Duration;

use evt_runtime::outbox::Dialect;
use evt_runtime::outbox::LAYOUT;
use evt_runtime::outbox::operator::{Bulk, Filter, NewContent, Outbox, OutboxError, Page, Reorder, State};
use sqlx::Connection as _;
use sqlx::{AssertSqlSafe, Executor as _, Row as _, SqliteConnection};

use crate::both::{anna, dead, emit, go_on};
use crate::event::milked;
use crate::filled::{Filled, now};
use crate::folder::Folder;
use crate::server::Place;

const FILLED: Filled =
    Filled { published: 1_000, dead: 1_500, retrying: 0, discarded: 500, pending: 100, aggregates: 90 };

/// What one operator did.
#[derive(Debug, Default)]
struct Did {
    retried: u64,
    replaced: u64,
    discarded: u64,
    published_removed: u64,
    discarded_removed: u64,
}

/// The eight operators: three retry, two discard, one corrects, one pauses and resumes, one cleans up.
async fn operate(outbox: &Outbox, number: usize, dead: &[evt_runtime::types::Uuid]) -> Did {
    // Together less than there are, so that whoever is slow finds some, too.
    let slices = Bulk { reorder: Reorder::Allowed, limit: Some(40), ..Bulk::default() };
    let mut did = Did::default();
    for round in 0..6 {
        match number {
            0..=2 => {
                did.retried +=
                    outbox.retry(&Filter::default(), slices, &anna(), &mut go_on).await.unwrap().changed;
            }
            3 | 4 => {
                let fed = Filter { event: Some("cow_fed".into()), ..Filter::default() };
                did.discarded += outbox.discard(&fed, slices, &anna(), &mut go_on).await.unwrap().changed;
            }
            5 => {
                for id in dead.iter().rev().skip(round * 20).take(20) {
                    let content =
                        NewContent { event_version: 3, fingerprint: "ab".into(), payload: "{}".into() };
                    match outbox.replace(*id, &content, Reorder::Allowed, &anna()).await {
                        Ok(_) => did.replaced += 1,
                        Err(OutboxError::State { .. } | OutboxError::Unknown { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            }
            6 => {
                outbox.pause(None, &anna()).await.unwrap();
                outbox.resume(None, &anna()).await.unwrap();
            }
            _ => {
                let all = now() + jiff::SignedDuration::from_hours(1);
                let cleaned = outbox.cleanup(all, &anna(), &mut go_on).await.unwrap();
                did.published_removed += cleaned.published;
                did.discarded_removed += cleaned.discarded;
            }
        }
    }
    did
}

/// What must hold of the eight together.
async fn judge(outbox: &Outbox, all: &[Did]) {
    let sum = |of: fn(&Did) -> u64| all.iter().map(of).sum::<u64>();
    let (retried, replaced, discarded) =
        (sum(|did| did.retried), sum(|did| did.replaced), sum(|did| did.discarded));
    let stats = outbox.stats().await.unwrap();
    assert_eq!(stats.dead + retried + replaced + discarded, 1_500, "{all:?}");
    assert_eq!(stats.pending, 100 + retried + replaced);
    assert_eq!(stats.published + sum(|did| did.published_removed), 1_000);
    assert_eq!(stats.discarded + sum(|did| did.discarded_removed), 500 + discarded);
    let audit = outbox.audit(Page::first(1_000)).await.unwrap();
    let told = |action: &str| {
        audit
            .iter()
            .filter(|entry| entry.actor == "anna" && entry.action == action && entry.reason.is_some())
            .map(|entry| entry.changed)
            .sum::<u64>()
    };
    assert_eq!((told("retry"), told("replace"), told("discard")), (retried, replaced, discarded));
    assert_eq!(told("cleanup"), sum(|did| did.published_removed + did.discarded_removed));
    assert_eq!((told("pause"), told("resume")), (6, 6));
    assert!(retried > 0 && replaced > 0 && discarded > 0, "{all:?}");
    let again = outbox.retry(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap();
    assert_eq!(again.changed, stats.dead);
}

async fn eight_at_once(open: impl Fn() -> Outbox) {
    let dead = Filter { states: vec![State::Dead], ..Filter::default() };
    let dead = open().list(&dead, Page::first(2_000)).await.unwrap();
    let dead: Vec<_> = dead.iter().rev().map(|row| row.id).collect();
    assert_eq!(dead.len(), 1_500);
    let mut operators = Vec::new();
    for number in 0..8 {
        let (outbox, dead) = (open(), dead.clone());
        operators.push(tokio::spawn(async move { operate(&outbox, number, &dead).await }));
    }
    let mut all = Vec::new();
    for operator in operators {
        all.push(operator.await.unwrap());
    }
    judge(&open(), &all).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_operators_change_each_row_once_on_sqlite() {
    let folder = Folder::new("eight");
    let open = || Outbox::open(&folder.url(), "evt_outbox").unwrap();
    open().migrate().await.unwrap();
    let mut connection = SqliteConnection::connect(&folder.url()).await.unwrap();
    for statement in FILLED.statements(Dialect::Sqlite) {
        let statement = statement.replace("{T}", "evt_outbox");
        connection.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    connection.execute("DELETE FROM evt_outbox_audit").await.unwrap();
    eight_at_once(open).await;
    let raised = "SELECT count(*) FROM evt_outbox_lane WHERE generation > 0";
    assert_eq!(connection.fetch_one(raised).await.unwrap().get::<i64, _>(0), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_operators_change_each_row_once_on_postgres() {
    let Some(place) = Place::new().await else { return };
    for statement in FILLED.statements(Dialect::Postgres) {
        place.run(&statement.replace("{T}", &place.table)).await;
    }
    place.run(&format!("DELETE FROM {}_audit", place.table)).await;
    let lanes = place.texts("SELECT count(DISTINCT lane)::text FROM {T}_work WHERE state = 'dead'").await;
    eight_at_once(|| Outbox::open(&place.url, &place.table).unwrap()).await;
    let raised =
        place.texts("SELECT count(*)::text FROM {T}_lane WHERE generation > 0 AND route = 'broker'").await;
    assert_eq!(raised, lanes);
}

/// An operator who waits for a lane finds what another one left: here a head that is tried again, and still in the way.
#[tokio::test]
async fn a_head_that_was_sent_again_meanwhile_still_holds_its_key() {
    let Some(place) = Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let head = emit(&outbox, milked("7")).await;
    emit(&outbox, milked("7")).await;
    outbox.settle(head, &dead("422")).await.unwrap();
    let mut other = place.connect().await;
    let mut tx = other.begin().await.unwrap();
    let lock = format!("SELECT 1 FROM {}_lane FOR UPDATE", place.table);
    tx.execute(AssertSqlSafe(lock)).await.unwrap();
    let late = outbox.clone();
    let late = tokio::spawn(async move {
        late.discard(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap()
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = format!("UPDATE {}_work SET state = 'retrying' WHERE state = 'dead'", place.table);
    tx.execute(AssertSqlSafe(again)).await.unwrap();
    tx.commit().await.unwrap();
    let late = late.await.unwrap();
    assert_eq!((late.changed, late.kept_back), (0, 0));
    let [key] = &outbox.blocked(9).await.unwrap()[..] else { panic!("the key is free") };
    assert_eq!((key.head, key.held), (head, 1));
    assert!(outbox.audit(Page::first(9)).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_migrate_at_once() {
    let folder = Folder::new("migrate-at-once");
    migrate_at_once(|| Outbox::open(&folder.url(), "evt_outbox").unwrap()).await;
    let Some(place) = Place::empty().await else { return };
    migrate_at_once(|| Outbox::open(&place.url, &place.table).unwrap()).await;
}

async fn migrate_at_once(open: impl Fn() -> Outbox) {
    let migrations: Vec<_> = (0..4)
        .map(|_| {
            let outbox = open();
            tokio::spawn(async move { outbox.migrate().await.unwrap() })
        })
        .collect();
    let mut created = 0;
    for migration in migrations {
        let migrated = migration.await.unwrap();
        assert_eq!(migrated.now, LAYOUT);
        created += usize::from(migrated.before.is_none());
    }
    assert_eq!(created, 1);
}

/// Another cleanup may delete the same rows in another order: neither waits for a row that the other one holds.
#[tokio::test]
async fn two_cleanups_go_on_in_turns() {
    let Some(place) = Place::new().await else { return };
    for statement in FILLED.statements(Dialect::Postgres) {
        place.run(&statement.replace("{T}", &place.table)).await;
    }
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let mut other = place.connect().await;
    let mut tx = other.begin().await.unwrap();
    let turn = format!("SELECT pg_advisory_xact_lock('{}'::regclass::oid::integer, 1024)", place.table);
    tx.execute(AssertSqlSafe(turn)).await.unwrap();
    let delete = |number: u32| {
        let row = format!("SELECT seq FROM {}_published ORDER BY seq OFFSET {number} LIMIT 1", place.table);
        format!("DELETE FROM {}_published WHERE seq = ({row})", place.table)
    };
    tx.execute(AssertSqlSafe(delete(40))).await.unwrap();
    let cleanup = tokio::spawn(async move {
        let all = now() + jiff::SignedDuration::from_hours(1);
        outbox.cleanup(all, &anna(), &mut go_on).await.unwrap()
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    tx.execute(AssertSqlSafe(delete(0))).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(cleanup.await.unwrap().published, 998);
}
