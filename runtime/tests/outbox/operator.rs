//! What operators do, on both databases.

use std::ops::ControlFlow;
use std::time::Duration;

use evt_runtime::outbox::operator::{
    Bulk, Entry, Filter, NewContent, Outbox, OutboxError, Page, Reorder, Settled, State, VersionRows,
};
use evt_runtime::types::Uuid;

use State::{Dead, Discarded, Held, Pending, Published, Retrying};

use crate::both::{anna, dead, emit, go_on, on_both};
use crate::event::{fed, milked, sold};
use crate::filled::now;

on_both! {
    rows_are_listed_by_every_filter
    pages_follow_each_other
    a_row_is_shown_with_its_attempts
    dead_letters_are_sent_again_once
    what_later_events_overtook_is_kept_back
    a_halted_key_goes_on_once_its_head_is_given_up
    new_content_takes_the_place_of_the_old
    old_rows_are_removed_and_no_others
    what_is_paused_is_told
    rows_are_counted_by_state
    what_is_not_published_is_counted_by_version
    payloads_of_versions_are_given_oldest_first
    an_action_stops_between_two_transactions
    what_is_not_there_is_said
    a_key_waits_for_its_head_whatever_is_sent_late
}

pub(crate) fn retrying() -> Settled {
    Settled::Retrying { after: Duration::from_mins(1), code: "503".into(), text: "later".into() }
}

async fn states(outbox: &Outbox) -> Vec<State> {
    let mut rows = outbox.list(&Filter::default(), Page::first(1_000)).await.unwrap();
    rows.reverse();
    rows.into_iter().map(|row| row.state).collect()
}

fn ids(rows: &[Entry]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id).collect()
}

/// One row in every state: published, dead (its key went on), dead (halts its key), held, retrying, discarded, pending.
async fn one_of_each(outbox: &Outbox) -> Vec<Uuid> {
    let published = emit(outbox, fed("published")).await;
    outbox.settle(published, &Settled::Published).await.unwrap();
    let alone = emit(outbox, fed("alone")).await;
    outbox.settle(alone, &dead("413")).await.unwrap();
    let head = emit(outbox, milked("7")).await;
    let held = emit(outbox, milked("7")).await;
    outbox.settle(head, &dead("422")).await.unwrap();
    let later = emit(outbox, fed("later")).await;
    outbox.settle(later, &retrying()).await.unwrap();
    let given_up = emit(outbox, fed("given up")).await;
    outbox.settle(given_up, &dead("400")).await.unwrap();
    let one = Filter { ids: vec![given_up], ..Filter::default() };
    assert_eq!(outbox.discard(&one, Bulk::default(), &anna(), &mut go_on).await.unwrap().changed, 1);
    let pending = emit(outbox, fed("pending")).await;
    vec![published, alone, head, held, later, given_up, pending]
}

async fn rows_are_listed_by_every_filter(outbox: Outbox) {
    let all = one_of_each(&outbox).await;
    assert_eq!(states(&outbox).await, [Published, Dead, Dead, Held, Retrying, Discarded, Pending]);
    let of = async |filter: Filter| ids(&outbox.list(&filter, Page::first(50)).await.unwrap());
    let in_states = |states: &[State]| Filter { states: states.to_vec(), ..Filter::default() };
    assert_eq!(of(in_states(&[Published])).await, [all[0]]);
    assert_eq!(of(in_states(&[Dead])).await, [all[2], all[1]]);
    assert_eq!(of(in_states(&[Held])).await, [all[3]]);
    assert_eq!(of(in_states(&[Retrying])).await, [all[4]]);
    assert_eq!(of(in_states(&[Discarded])).await, [all[5]]);
    assert_eq!(of(in_states(&[Pending])).await, [all[6]]);
    assert_eq!(of(in_states(&[Published, Pending])).await, [all[6], all[0]]);
    assert_eq!(of(Filter { event: Some("cow_milked".into()), ..Filter::default() }).await, [all[3], all[2]]);
    let cow = Some(("Cow".to_owned(), "7".to_owned()));
    assert_eq!(of(Filter { aggregate: cow, ..in_states(&[Held]) }).await, [all[3]]);
    assert_eq!(of(Filter { error: Some("422".into()), ..Filter::default() }).await, [all[2]]);
    assert_eq!(of(Filter { error: Some("said 41".into()), ..Filter::default() }).await, [all[1]]);
    for said in ["422: ", "422: said 422", "422: SAID", "22: sAi"] {
        assert_eq!(of(Filter { error: Some(said.into()), ..Filter::default() }).await, [all[2]], "{said}");
    }
    for said in ["422: 422", "42_", "422:%", "422:said"] {
        assert!(of(Filter { error: Some(said.into()), ..Filter::default() }).await.is_empty(), "{said}");
    }
    let now = now();
    let hour = jiff::SignedDuration::from_hours(1);
    assert_eq!(
        of(Filter { since: Some(now - hour), until: Some(now + hour), ..Filter::default() }).await.len(),
        7
    );
    assert_eq!(of(Filter { since: Some(now - hour), ..in_states(&[Dead]) }).await.len(), 2);
    assert!(of(Filter { until: Some(now - hour), ..in_states(&[Dead]) }).await.is_empty());
    assert!(of(Filter { since: Some(now + hour), ..Filter::default() }).await.is_empty());
    assert_eq!(of(Filter { ids: vec![all[3], all[0]], ..Filter::default() }).await, [all[3], all[0]]);
    let nasty = "x' OR 1=1 --\"; DROP TABLE evt_outbox";
    assert!(
        of(Filter { event: Some(nasty.into()), error: Some(nasty.into()), ..Filter::default() })
            .await
            .is_empty()
    );
}

async fn pages_follow_each_other(outbox: Outbox) {
    let mut all = Vec::new();
    for number in 0..7 {
        all.insert(0, emit(&outbox, fed(&number.to_string())).await);
    }
    let mut found = Vec::new();
    let mut page = Page::first(3);
    loop {
        let rows = outbox.list(&Filter::default(), page).await.unwrap();
        let Some(last) = rows.last() else { break };
        page.after = Some(last.seq);
        found.extend(ids(&rows));
    }
    assert_eq!(found, all);
}

async fn a_row_is_shown_with_its_attempts(outbox: Outbox) {
    let id = emit(&outbox, milked("7")).await;
    outbox.settle(id, &retrying()).await.unwrap();
    outbox.settle(id, &dead("422")).await.unwrap();
    let detail = outbox.entry(id).await.unwrap();
    assert_eq!((detail.entry.state, detail.entry.attempts), (State::Dead, 2));
    assert_eq!(detail.entry.dead_reason.as_deref(), Some("max_attempts"));
    assert_eq!((detail.aggregate_type.as_deref(), detail.aggregate_id.as_deref()), (Some("Cow"), Some("7")));
    assert_eq!(detail.payload, r#"{"note":""}"#);
    let attempts: Vec<_> = detail.attempts.iter().map(|it| (it.attempt, it.error_code.as_deref())).collect();
    assert_eq!(attempts, [(1, Some("503")), (2, Some("422"))]);
    assert_eq!(outbox.id_at(detail.entry.seq).await.unwrap(), id);
}

async fn dead_letters_are_sent_again_once(outbox: Outbox) {
    for number in 0..1_200 {
        let id = emit(&outbox, fed(&number.to_string())).await;
        if number < 3 {
            outbox.settle(id, &dead("413")).await.unwrap();
        }
    }
    let all = Filter::default();
    assert_eq!(outbox.count_dead(&all).await.unwrap(), (3, 0));
    let two = Bulk { limit: Some(2), ..Bulk::default() };
    assert_eq!(outbox.retry(&all, two, &anna(), &mut go_on).await.unwrap().changed, 2);
    assert_eq!(outbox.retry(&all, Bulk::default(), &anna(), &mut go_on).await.unwrap().changed, 1);
    assert_eq!(outbox.retry(&all, Bulk::default(), &anna(), &mut go_on).await.unwrap().changed, 0);
    assert_eq!(outbox.stats().await.unwrap().pending, 1_200);
    let audit = outbox.audit(Page::first(10)).await.unwrap();
    assert_eq!(audit.iter().map(|entry| entry.changed).collect::<Vec<_>>(), [1, 2]);
    let first = &audit[1];
    assert_eq!((first.actor.as_str(), first.action.as_str()), ("anna", "retry"));
    assert_eq!(
        (first.reason.as_deref(), first.filter.as_str()),
        (Some("the broker is back"), r#"{"limit":2}"#)
    );
    assert!(first.ended_at.is_some());
}

async fn what_later_events_overtook_is_kept_back(outbox: Outbox) {
    let lost = emit(&outbox, sold("7")).await;
    let free = emit(&outbox, fed("free")).await;
    for id in [lost, free] {
        outbox.settle(id, &dead("413")).await.unwrap();
    }
    assert_eq!(outbox.count_dead(&Filter::default()).await.unwrap(), (2, 1));
    let done = outbox.retry(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap();
    assert_eq!((done.changed, done.kept_back, done.kept_back_ids), (1, 1, vec![lost]));
    let anyway = Bulk { reorder: Reorder::Allowed, ..Bulk::default() };
    assert_eq!(outbox.retry(&Filter::default(), anyway, &anna(), &mut go_on).await.unwrap().changed, 1);
}

async fn a_halted_key_goes_on_once_its_head_is_given_up(outbox: Outbox) {
    let head = emit(&outbox, milked("7")).await;
    let next = emit(&outbox, milked("7")).await;
    emit(&outbox, milked("8")).await;
    outbox.settle(head, &dead("422")).await.unwrap();
    let blocked = outbox.blocked(10).await.unwrap();
    let [key] = &blocked[..] else { panic!("{blocked:?}") };
    assert_eq!((key.partition_key.as_str(), key.head, key.held, key.halted), ("Cow/7", head, 1, true));
    assert_eq!((key.head_state, key.head_event.as_str()), (State::Dead, "cow_milked"));

    let one = Filter { ids: vec![head], ..Filter::default() };
    assert_eq!(outbox.retry(&one, Bulk::default(), &anna(), &mut go_on).await.unwrap().changed, 1);
    assert_eq!(states(&outbox).await, [State::Pending, State::Held, State::Pending]);
    assert!(!outbox.blocked(10).await.unwrap()[0].halted);

    outbox.settle(head, &dead("422")).await.unwrap();
    assert_eq!(outbox.discard(&one, Bulk::default(), &anna(), &mut go_on).await.unwrap().changed, 1);
    assert_eq!(states(&outbox).await, [State::Discarded, State::Pending, State::Pending]);
    outbox.settle(next, &Settled::Published).await.unwrap();
    assert!(outbox.blocked(10).await.unwrap().is_empty());
}

async fn new_content_takes_the_place_of_the_old(outbox: Outbox) {
    let id = emit(&outbox, milked("7").idempotency_key("k")).await;
    let content = |note: &str| NewContent {
        event_version: 3,
        fingerprint: "ab".into(),
        payload: format!(r#"{{"note":"{note}"}}"#),
    };
    let replace = async |note: &str| outbox.replace(id, &content(note), Reorder::Refused, &anna()).await;
    assert!(matches!(replace("a").await, Err(OutboxError::State { state: State::Pending, .. })));
    outbox.settle(id, &dead("422")).await.unwrap();
    let first = replace("a").await.unwrap();
    outbox.settle(id, &dead("422")).await.unwrap();
    let second = replace("b").await.unwrap();
    for (any, sent) in [(id, second), (first, second), (second, second)] {
        let detail = outbox.entry(any).await.unwrap();
        assert_eq!((detail.entry.id, detail.sent_id, detail.entry.state), (id, sent, State::Pending));
        assert_eq!(detail.payload, r#"{"note":"b"}"#);
        assert_eq!(detail.original_payload.as_deref(), Some(r#"{"note":""}"#));
        assert_eq!((detail.entry.event_version, detail.original_version, detail.entry.attempts), (3, 2, 0));
    }
    assert_eq!(ids(&outbox.list(&Filter::default(), Page::first(9)).await.unwrap()), [id]);
    outbox.settle(id, &Settled::Published).await.unwrap();
    assert_eq!(outbox.entry(id).await.unwrap().sent_id, second);
    let all = now() + jiff::SignedDuration::from_hours(1);
    assert_eq!(outbox.cleanup(all, &anna(), &mut go_on).await.unwrap().published, 1);
    for any in [id, first, second] {
        assert!(matches!(outbox.entry(any).await, Err(OutboxError::Unknown { .. })));
    }
    let actions = outbox.audit(Page::first(9)).await.unwrap();
    assert_eq!(
        actions.iter().map(|it| it.action.as_str()).collect::<Vec<_>>(),
        ["cleanup", "replace", "replace"]
    );
}

async fn old_rows_are_removed_and_no_others(outbox: Outbox) {
    one_of_each(&outbox).await;
    let (old, young) =
        (now() - jiff::SignedDuration::from_hours(1), now() + jiff::SignedDuration::from_hours(1));
    assert_eq!(outbox.count_old(old).await.unwrap(), (0, 0));
    let nothing = outbox.cleanup(old, &anna(), &mut go_on).await.unwrap();
    assert_eq!((nothing.published, nothing.discarded), (0, 0));
    assert_eq!(outbox.count_old(young).await.unwrap(), (1, 1));
    let cleaned = outbox.cleanup(young, &anna(), &mut go_on).await.unwrap();
    assert_eq!((cleaned.published, cleaned.discarded), (1, 1));
    assert_eq!(states(&outbox).await, [Dead, Dead, Held, Retrying, Pending]);
}

async fn what_is_paused_is_told(outbox: Outbox) {
    assert!(outbox.pause(None, &anna()).await.unwrap());
    assert!(!outbox.pause(None, &anna()).await.unwrap());
    assert!(outbox.pause(Some("cow_fed"), &anna()).await.unwrap());
    let paused = outbox.paused().await.unwrap();
    assert_eq!(
        paused.into_iter().map(|(event, _)| event).collect::<Vec<_>>(),
        [None, Some("cow_fed".to_owned())]
    );
    assert!(outbox.resume(None, &anna()).await.unwrap());
    assert!(!outbox.resume(None, &anna()).await.unwrap());
    assert_eq!(outbox.audit(Page::first(9)).await.unwrap().len(), 3);
}

async fn rows_are_counted_by_state(outbox: Outbox) {
    one_of_each(&outbox).await;
    let stats = outbox.stats().await.unwrap();
    let waiting = (stats.pending, stats.retrying, stats.held, stats.blocked_keys);
    assert_eq!((waiting, stats.published, stats.dead, stats.discarded), ((1, 1, 1, 1), 1, 2, 1));
    assert!(stats.oldest.is_some() && stats.latest_dead.is_some());
    let fed = stats.events.iter().find(|event| event.event_name == "cow_fed").unwrap();
    assert_eq!((fed.waiting, fed.dead, fed.discarded), (2, 1, 1));
}

/// An operator mended the head of cow 7's key.
async fn mended(outbox: &Outbox, head: Uuid) -> Uuid {
    let content =
        NewContent { event_version: 3, fingerprint: "ab".into(), payload: r#"{"note":"mended"}"#.into() };
    outbox.replace(head, &content, Reorder::Refused, &anna()).await.unwrap()
}

async fn what_is_not_published_is_counted_by_version(outbox: Outbox) {
    assert_eq!(outbox.unpublished().await.unwrap(), []);
    let rows = one_of_each(&outbox).await;
    let of = |event: &str, pending, retrying, held, dead| VersionRows {
        event_name: event.to_owned(),
        event_version: 2,
        fingerprint: "0f3a".to_owned(),
        pending,
        retrying,
        held,
        dead,
    };
    let expected = [of("cow_fed", 1, 1, 0, 1), of("cow_milked", 0, 0, 1, 1)];
    assert_eq!(outbox.unpublished().await.unwrap(), expected);
    // What counts is the content that is sent.
    mended(&outbox, rows[2]).await;
    let now = outbox.unpublished().await.unwrap();
    assert_eq!(now[..2], [of("cow_fed", 1, 1, 0, 1), of("cow_milked", 0, 0, 1, 0)]);
    let third = &now[2];
    assert_eq!((third.event_version, third.fingerprint.as_str(), third.pending), (3, "ab", 1));
    assert_eq!(now.iter().map(VersionRows::total).sum::<u64>(), 5);
}

async fn payloads_of_versions_are_given_oldest_first(outbox: Outbox) {
    let rows = one_of_each(&outbox).await;
    let sent = mended(&outbox, rows[2]).await;
    for number in 0..250 {
        emit(&outbox, fed(&number.to_string())).await;
    }
    let versions = outbox.unpublished().await.unwrap();
    let all: Vec<_> = versions.iter().collect();
    let page = outbox.unpublished_payloads(&all, 0).await.unwrap();
    let ids: Vec<_> = page.rows.iter().take(5).map(|row| row.id).collect();
    assert_eq!(ids, [rows[1], rows[2], rows[3], rows[4], rows[6]]);
    assert_ne!(ids[1], sent);
    assert!(page.rows[1].payload.contains("mended"), "{}", page.rows[1].payload);
    assert_eq!(page.rows.len(), 200);
    let rest = outbox.unpublished_payloads(&all, page.next.unwrap()).await.unwrap();
    assert_eq!((rest.rows.len(), rest.next), (55, None));
    // Of others only their places count.
    let third: Vec<_> = versions.iter().filter(|rows| rows.event_version == 3).collect();
    let page = outbox.unpublished_payloads(&third, 0).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[2]]);
    assert!(page.next.is_some());
    assert_eq!(outbox.unpublished_payloads(&[], 0).await.unwrap().rows, []);
}

async fn an_action_stops_between_two_transactions(outbox: Outbox) {
    for number in 0..4 {
        let id = emit(&outbox, fed(&number.to_string())).await;
        outbox.settle(id, &dead("413")).await.unwrap();
    }
    let slowly = Bulk { rate: Some(2), ..Bulk::default() };
    let done =
        outbox.retry(&Filter::default(), slowly, &anna(), &mut |_| ControlFlow::Break(())).await.unwrap();
    assert_eq!((done.changed, done.stopped), (2, true));
    assert_eq!(outbox.stats().await.unwrap().dead, 2);
}

async fn what_is_not_there_is_said(outbox: Outbox) {
    let id = Uuid::nil();
    assert!(matches!(outbox.entry(id).await, Err(OutboxError::Unknown { .. })));
    assert!(matches!(outbox.settle(id, &Settled::Published).await, Err(OutboxError::Unknown { .. })));
    let done = emit(&outbox, fed("")).await;
    outbox.settle(done, &Settled::Published).await.unwrap();
    let again = outbox.settle(done, &Settled::Published).await;
    assert!(matches!(again, Err(OutboxError::State { state: State::Published, .. })));
}

async fn a_key_waits_for_its_head_whatever_is_sent_late(outbox: Outbox) {
    // The first one dies, its key goes on and halts at the second one, which dies too.
    let late = emit(&outbox, sold("7")).await;
    let head = emit(&outbox, fed("head").partition_key("Cow/7")).await;
    let key = |id: Uuid| {
        let outbox = outbox.clone();
        async move { outbox.entry(id).await.unwrap().entry.partition_key }
    };
    assert_eq!(key(late).await, key(head).await);
    for id in [late, head] {
        outbox.settle(id, &dead("413")).await.unwrap();
    }
    let one = Filter { ids: vec![late], ..Filter::default() };
    let bulk = Bulk { reorder: Reorder::Allowed, ..Bulk::default() };
    outbox.retry(&one, bulk, &anna(), &mut go_on).await.unwrap();
    outbox.settle(late, &retrying()).await.unwrap();
    let blocked = outbox.blocked(10).await.unwrap();
    let told: Vec<_> = blocked.iter().map(|key| (key.head, key.halted)).collect();
    assert_eq!(told, [(head, true)]);
}
