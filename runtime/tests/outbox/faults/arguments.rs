//! Arguments of all kinds.

use evt_runtime::outbox::operator::{
    Bulk, Filter, NewContent, Operator, Outbox, OutboxError, Page, Reorder, Settled, State,
};
use evt_runtime::types::Timestamp;
use evt_runtime::{EmitError, Emitted};

use crate::both::{anna, dead, emit, go_on, on_both};
use crate::event::{fed, milked};
use crate::folder::Folder;
use crate::server::Place;

on_both! {
    signs_of_sql_are_nothing_but_signs
    a_nul_byte_is_refused_before_the_database_sees_it
    what_a_broker_said_may_hold_nul_bytes
    instants_far_away_are_fine
    new_content_that_cannot_be_stored_is_told
    an_event_that_is_too_large_is_refused
}

/// Each means something in SQL.
const SIGNS: [&str; 12] = [
    "'",
    "\"",
    "%",
    "_",
    "\\",
    ";--",
    "$1",
    "?",
    "{T}",
    "/*",
    "x' OR 1=1 --",
    "'); DROP TABLE evt_outbox; --",
];

fn failed(text: &str) -> Settled {
    Settled::Dead { reason: text.to_owned(), code: "413".to_owned(), text: format!("a {text} b") }
}

async fn signs_of_sql_are_nothing_but_signs(outbox: Outbox) {
    let mut ids = Vec::new();
    for signs in SIGNS {
        let id = emit(&outbox, milked(signs).idempotency_key(signs)).await;
        outbox.settle(id, &failed(signs)).await.unwrap();
        ids.push(id);
    }
    let plain = emit(&outbox, milked("plain")).await;
    outbox.settle(plain, &failed("plain")).await.unwrap();
    let found = async |filter: Filter| -> Vec<_> {
        let rows = outbox.list(&filter, Page::first(99)).await.unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    for (signs, id) in SIGNS.iter().zip(&ids) {
        let error = found(Filter { error: Some(format!("a {signs} b")), ..Filter::default() }).await;
        assert_eq!(error, [*id], "{signs}");
        let cow = Some(("Cow".to_owned(), (*signs).to_owned()));
        assert_eq!(found(Filter { aggregate: cow, ..Filter::default() }).await, [*id], "{signs}");
        for odd in [Some((*signs).to_owned()), Some(format!("cow_{signs}"))] {
            assert!(found(Filter { event: odd, ..Filter::default() }).await.is_empty());
        }
    }
    assert!(found(Filter { error: Some("a % b".into()), ..Filter::default() }).await.len() == 1);
    for signs in SIGNS {
        let odd = Operator::new(signs).because(signs);
        let one = Filter { error: Some(format!("a {signs} b")), ..Filter::default() };
        assert_eq!(
            outbox.retry(&one, Bulk::default(), &odd, &mut go_on).await.unwrap().changed,
            1,
            "{signs}"
        );
        assert!(outbox.pause(Some(signs), &odd).await.unwrap());
        assert!(outbox.resume(Some(signs), &odd).await.unwrap());
        let entry = &outbox.audit(Page::first(3)).await.unwrap()[2];
        assert_eq!((entry.actor.as_str(), entry.reason.as_deref()), (signs, Some(signs)));
        assert!(entry.filter.contains(&serde_json::Value::from(format!("a {signs} b")).to_string()));
    }
    assert_eq!(outbox.stats().await.unwrap().dead, 1);
}

/// Names that are as odd as a name can be.
#[tokio::test]
async fn tables_of_any_name_are_worked_on() {
    let folder = Folder::new("names");
    let place = Place::empty().await;
    for name in ["o'ut\"box", "a{T}b{T_work}", "%s_$1?", "; DROP TABLE x; --", "Ünï codé", "back\\slash"] {
        work(&Outbox::open(&format!("{}?mode=rwc", folder.url()), name).unwrap()).await;
        if let Some(place) = &place {
            work(&Outbox::open(&place.url, &format!("{}.{name}", place.schema)).unwrap()).await;
        }
    }
}

async fn work(outbox: &Outbox) {
    assert_eq!(outbox.layout().await.unwrap(), None);
    outbox.migrate().await.unwrap();
    assert_eq!(outbox.layout().await.unwrap(), Some(evt_runtime::outbox::LAYOUT));
    let id = emit(outbox, milked("7")).await;
    outbox.settle(id, &dead("413")).await.unwrap();
    assert_eq!(
        outbox.retry(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap().changed,
        1
    );
    outbox.settle(id, &dead("413")).await.unwrap();
    let content = NewContent { event_version: 2, fingerprint: "0f3a".into(), payload: "{}".into() };
    outbox.replace(id, &content, Reorder::Allowed, &anna()).await.unwrap();
    outbox.settle(id, &dead("413")).await.unwrap();
    assert_eq!(
        outbox.discard(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap().changed,
        1
    );
    assert_eq!(outbox.stats().await.unwrap().discarded, 1);
    let all = crate::filled::now() + jiff::SignedDuration::from_hours(1);
    assert_eq!(outbox.cleanup(all, &anna(), &mut go_on).await.unwrap().discarded, 1);
    assert!(outbox.list(&Filter::default(), Page::first(9)).await.unwrap().is_empty());
}

async fn a_nul_byte_is_refused_before_the_database_sees_it(outbox: Outbox) {
    let nul = || Some("a\0b".to_owned());
    for filter in [
        Filter { event: nul(), ..Filter::default() },
        Filter { error: nul(), ..Filter::default() },
        Filter { aggregate: Some(("Cow".into(), "a\0b".into())), ..Filter::default() },
    ] {
        let told = outbox.list(&filter, Page::first(9)).await.unwrap_err();
        assert_eq!(told.to_string(), "`a\\0b` holds U+0000, which no row of the outbox does");
        let told = outbox.retry(&filter, Bulk::default(), &anna(), &mut go_on).await.unwrap_err();
        assert!(matches!(told, OutboxError::Nul { .. }));
        assert!(matches!(outbox.count_dead(&filter).await, Err(OutboxError::Nul { .. })));
    }
    for odd in [Operator::new("a\0b"), anna().because("a\0b")] {
        assert!(matches!(outbox.pause(None, &odd).await, Err(OutboxError::Nul { .. })));
    }
    assert!(matches!(outbox.pause(Some("a\0b"), &anna()).await, Err(OutboxError::Nul { .. })));
    assert!(outbox.paused().await.unwrap().is_empty());
    assert!(matches!(Outbox::open("sqlite::memory:", "a\0b"), Err(OutboxError::Table { .. })));
}

async fn what_a_broker_said_may_hold_nul_bytes(outbox: Outbox) {
    let id = emit(&outbox, fed("")).await;
    let settled = Settled::Dead { reason: "refused".into(), code: "4\0".into(), text: "no\0pe".into() };
    outbox.settle(id, &settled).await.unwrap();
    let entry = outbox.entry(id).await.unwrap().entry;
    assert_eq!(
        (entry.error_code.as_deref(), entry.error_text.as_deref()),
        (Some("4\u{fffd}"), Some("no\u{fffd}pe"))
    );
}

async fn instants_far_away_are_fine(outbox: Outbox) {
    emit(&outbox, fed("")).await;
    let (first, last) = (Some(Timestamp::MIN), Some(Timestamp::MAX));
    for (since, until, rows) in [(first, last, 1), (last, None, 0), (None, first, 0)] {
        let filter = Filter { since, until, ..Filter::default() };
        assert_eq!(outbox.list(&filter, Page::first(9)).await.unwrap().len(), rows);
        let dead = Filter { states: vec![State::Dead], ..filter };
        assert_eq!(outbox.count_dead(&dead).await.unwrap(), (0, 0));
    }
    let cleaned = outbox.cleanup(Timestamp::MIN, &anna(), &mut go_on).await.unwrap();
    assert_eq!(cleaned, outbox.cleanup(Timestamp::MAX, &anna(), &mut go_on).await.unwrap());
}

async fn new_content_that_cannot_be_stored_is_told(outbox: Outbox) {
    let id = emit(&outbox, fed("")).await;
    outbox.settle(id, &dead("413")).await.unwrap();
    let replace = async |payload: String| {
        let content = NewContent { event_version: 2, fingerprint: "0f3a".into(), payload };
        outbox.replace(id, &content, Reorder::Allowed, &anna()).await.unwrap_err().to_string()
    };
    let large = replace(format!("\"{}\"", "x".repeat(20 << 20))).await;
    assert_eq!(large, "the new content has 20971522 bytes, the most is 262144");
    assert_eq!(replace(r#"{"a":["\u0000"]}"#.into()).await, "the new content holds U+0000");
    assert_eq!(replace(r#"{"\u0000":1}"#.into()).await, "the new content has a key that holds U+0000");
    assert!(replace("{\"a\":\0}".into()).await.starts_with("the new content is no JSON: "));
    assert!(replace(r#"{"a":"\ud800"}"#.into()).await.starts_with("the new content is no JSON: "));
    assert!(replace("{".into()).await.starts_with("the new content is no JSON: "));
    assert_eq!(outbox.stats().await.unwrap().dead, 1);
}

async fn an_event_that_is_too_large_is_refused(outbox: Outbox) {
    let table = outbox.table_name().to_owned();
    let mut writing = outbox.write().await.unwrap();
    let large = fed(&"x".repeat(20 << 20)).table(&table).emit(&mut writing).await;
    assert!(matches!(large, Err(EmitError::TooLarge { bytes: 20_971_531, most: 262_144, .. })), "{large:?}");
    let small = fed("small").table(&table).emit(&mut writing).await;
    assert!(matches!(small, Ok(Emitted::Enqueued { .. })));
    writing.commit().await.unwrap();
    assert_eq!(outbox.stats().await.unwrap().pending, 1);
}
