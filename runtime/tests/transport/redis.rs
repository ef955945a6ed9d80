//! Redis streams, on a real server.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::cloud_event::structured;
use evt_runtime::transport::conformance::{Arrival, check};
use evt_runtime::transport::{Mode, Options, Redis, Topic, open, open_with};
use redis::streams::StreamRangeReply;

use crate::broker::{self, REDIS, Server};
use crate::sent::{TRACEPARENT, answer, comes_back, message, name, refused, unavailable};

fn transport(url: &str) -> Redis {
    Redis::new(url, Topic::default()).unwrap()
}

/// Asks the server itself.
async fn ask<T: redis::FromRedisValue>(url: &str, command: &str) -> T {
    let client = redis::Client::open(url).unwrap();
    let (first, rest) = command.split_once(' ').unwrap();
    let asked = redis::cmd(first).arg(rest.split(' ').collect::<Vec<_>>()).to_owned();
    asked.query_async(&mut client.get_multiplexed_async_connection().await.unwrap()).await.unwrap()
}

/// The entries of an event's stream: fields by name.
async fn entries(url: &str, event: &str) -> Vec<BTreeMap<String, String>> {
    let all: StreamRangeReply = ask(url, &format!("XRANGE events.{event} - +")).await;
    let fields = |entry: redis::streams::StreamId| {
        let text = |value| redis::from_redis_value::<String>(value).unwrap();
        entry.map.into_iter().map(|(name, value)| (name, text(value))).collect()
    };
    all.ids.into_iter().map(fields).collect()
}

#[tokio::test]
async fn it_keeps_what_a_relay_builds_on() {
    let Some(server) = Server::own(&REDIS, &["--requirepass", "hunter2"]) else { return };
    let url = server.url_with(":hunter2@");
    let arrived = async || {
        let entries = entries(&url, "cow_fed").await;
        let arrival = |mut entry: BTreeMap<String, String>| {
            let (id, payload) = (entry["ce-id"].clone(), entry.remove("data").unwrap());
            Arrival { headers: entry.into_iter().collect(), ..Arrival::new(id, payload) }
        };
        entries.into_iter().map(arrival).collect()
    };
    check(&transport(&url), &["hunter2"], arrived).await.unwrap();
}

#[tokio::test]
async fn a_consumer_gets_the_payload_and_the_attributes_as_fields() {
    let Some(url) = broker::redis() else { return };
    let event = name("cow_fed");
    let message = message(&event, 7, r#"{"kg":2.50}"#);
    assert_eq!(transport(url).deliver(&message).await, Outcome::Accepted);
    let entries = entries(url, &event).await;
    let field = |name: &str| entries[0][name].as_str();
    assert_eq!((field("ce-id"), field("data")), (message.id.to_string().as_str(), r#"{"kg":2.50}"#));
    assert_eq!((field("ce-sequence"), field("ce-subject")), ("00000000000000000007", "Bella €"));
    assert_eq!(field("content-type"), "application/json");
    assert_eq!((field("traceparent"), field("ce-traceparent")), (TRACEPARENT, TRACEPARENT));
}

#[tokio::test]
async fn in_structured_mode_all_of_it_is_in_one_field_and_the_trace_beside_it() {
    let Some(url) = broker::redis() else { return };
    let event = name("cow_fed");
    let message = message(&event, 1, "[1.0]");
    let options = Options { mode: Mode::Structured, ..Options::default() };
    let redis = open_with(url, &Topic::default(), &options).unwrap();
    assert_eq!(redis.deliver(&message).await, Outcome::Accepted);
    let entry = entries(url, &event).await.remove(0);
    let expected = [
        ("content-type", "application/cloudevents+json"),
        ("data", &*structured(&message)),
        ("traceparent", TRACEPARENT),
    ];
    assert_eq!(entry, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn hundreds_fly_over_one_connection() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = Arc::new(transport(&url));
    let mut tasks = tokio::task::JoinSet::new();
    for seq in 0..500 {
        let (redis, message) = (Arc::clone(&redis), message(&event, seq, "{}"));
        tasks.spawn(async move { redis.deliver(&message).await });
    }
    assert!(tasks.join_all().await.iter().all(|outcome| *outcome == Outcome::Accepted));
    assert_eq!(entries(&url, &event).await.len(), 500);
    let clients: String = ask(&url, "CLIENT LIST").await;
    assert_eq!(clients.lines().filter(|client| client.contains("cmd=xadd")).count(), 1, "{clients}");
}

#[tokio::test]
async fn a_stream_is_cut_where_that_is_asked_for() {
    let Some(url) = broker::redis() else { return };
    for (options, is_cut) in [("", false), ("?maxlen=100", true)] {
        let event = name("cow_fed");
        let messages: Vec<_> = (0..500).map(|seq| message(&event, seq, "{}")).collect();
        let redis = transport(&format!("{url}{options}"));
        assert_eq!(redis.deliver_all(&messages).unwrap().await, vec![Outcome::Accepted; 500]);
        let left = entries(url, &event).await.len();
        assert_eq!((left < 500, left >= 100), (is_cut, true), "{left}");
    }
}

#[tokio::test]
async fn a_database_can_be_chosen() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let url = format!("{}/3", server.url());
    assert_eq!(answer(&transport(&url), "cow_fed").await, Outcome::Accepted);
    assert_eq!(entries(&url, "cow_fed").await.len(), 1);
    assert_eq!(entries(&server.url(), "cow_fed").await.len(), 0);
}

#[tokio::test]
async fn what_is_no_stream_accepts_nothing() {
    let Some(url) = broker::redis() else { return };
    let event = name("cow_fed");
    let _: String = ask(url, &format!("SET events.{event} hay")).await;
    assert_eq!(unavailable(&answer(&transport(url), &event).await), "WRONGTYPE");
}

/// Messages of one key each: the event and the key.
fn batch(events: &[(&str, &str)]) -> Vec<Message> {
    let keyed = |(seq, (event, key)): (i64, &(&str, &str))| {
        let partition_key = Some((*key).to_owned());
        Message { partition_key, ..message(event, seq, "{}") }
    };
    (0..).zip(events).map(keyed).collect()
}

#[tokio::test]
async fn in_a_batch_nothing_is_written_behind_one_of_its_key_that_was_not() {
    let Some(url) = broker::redis() else { return };
    let (fed, lost) = (name("cow_fed"), name("cow_lost"));
    let _: String = ask(url, &format!("SET events.{lost} hay")).await;
    let messages = batch(&[(&fed, "a"), (&lost, "b"), (&fed, "c"), (&fed, "b"), (&fed, "a")]);
    let answers = transport(url).deliver_all(&messages).unwrap().await;
    assert_eq!(answers.len(), 3, "the second one of b stands behind the first, which has failed");
    assert_eq!(
        (&answers[0], unavailable(&answers[1]), &answers[2]),
        (&Outcome::Accepted, "WRONGTYPE", &Outcome::Accepted)
    );
    assert_eq!(entries(url, &fed).await.len(), 2);
}

#[tokio::test]
async fn a_key_whose_messages_go_to_several_streams_is_written_in_its_order() {
    let Some(url) = broker::redis() else { return };
    let (fed, milked) = (name("cow_fed"), name("cow_milked"));
    let messages = batch(&[(&fed, "a"), (&milked, "a"), (&milked, "b"), (&fed, "a"), (&fed, "b")]);
    assert_eq!(transport(url).deliver_all(&messages).unwrap().await, vec![Outcome::Accepted; 5]);
    assert_eq!((entries(url, &fed).await.len(), entries(url, &milked).await.len()), (3, 2));
}

#[tokio::test]
async fn in_a_batch_what_is_refused_ends_it() {
    let Some(url) = broker::redis() else { return };
    let event = name("cow_fed");
    let mut messages = batch(&[(&event, "a"), (&event, "b"), (&event, "b")]);
    messages[1].domain = None;
    let topic = "{domain}.{event_name}".parse().unwrap();
    let answers = Redis::new(url, topic).unwrap().deliver_all(&messages).unwrap().await;
    assert_eq!((answers.len(), &answers[0], refused(&answers[1])), (2, &Outcome::Accepted, "topic"));
}

#[tokio::test]
async fn a_server_without_memory_accepts_nothing() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = transport(&url);
    let _: String = ask(&url, "CONFIG SET maxmemory 1").await;
    assert_eq!(unavailable(&answer(&redis, &event).await), "OOM");
    let messages = batch(&[(&event, "a"), (&event, "b")]);
    let answers = redis.deliver_all(&messages).unwrap().await;
    assert_eq!(answers.iter().map(unavailable).collect::<Vec<_>>(), ["OOM", "OOM"]);
    assert_eq!(entries(&url, &event).await.len(), 0);
    let _: String = ask(&url, "CONFIG SET maxmemory 0").await;
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_replica_accepts_nothing() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = transport(&url);
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
    let _: String = ask(&url, "REPLICAOF 127.0.0.1 1").await;
    assert_eq!(unavailable(&answer(&redis, &event).await), "READONLY");
    let answers = redis.deliver_all(&batch(&[(&event, "a"), (&event, "b")])).unwrap().await;
    assert_eq!(unavailable(&answers[0]), "READONLY");
    let _: String = ask(&url, "REPLICAOF NO ONE").await;
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_cluster_without_slots_accepts_nothing() {
    let Some(server) = Server::own(&REDIS, &["--cluster-enabled", "yes"]) else { return };
    assert_eq!(unavailable(&answer(&transport(&server.url()), "cow_fed").await), "CLUSTERDOWN");
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused_and_others_are_not() {
    let Some(server) = Server::own(&REDIS, &["--proto-max-bulk-len", "1mb"]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = transport(&url);
    let large = message(&event, 1, &"m".repeat(2 << 20));
    assert_eq!(refused(&redis.deliver(&large).await), "too_large");
    let batch = [message(&event, 1, "{}"), large, message(&event, 3, "{}")];
    let answers = redis.deliver_all(&batch).unwrap().await;
    assert_eq!((answers.len(), &answers[0], refused(&answers[1])), (2, &Outcome::Accepted, "too_large"));
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_limit_that_was_lowered_is_learned() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = transport(&url);
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
    let _: String = ask(&url, "CONFIG SET proto-max-bulk-len 1mb").await;
    let large = message(&event, 1, &"m".repeat(2 << 20));
    // The server ends the connection, and its last words may be lost.
    assert_ne!(redis.deliver(&large).await, Outcome::Accepted);
    assert_eq!(refused(&redis.deliver(&large).await), "too_large");
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_wrong_password_is_told_without_it() {
    let Some(server) = Server::own(&REDIS, &["--requirepass", "h%y"]) else { return };
    assert_eq!(answer(&transport(&server.url_with(":h%25y@")), "cow_fed").await, Outcome::Accepted);
    let wrong = transport(&server.url_with(":hunter2@"));
    let outcome = answer(&wrong, "cow_fed").await;
    assert_eq!(unavailable(&outcome), "auth");
    assert!(!format!("{outcome:?} {}", wrong.destination()).contains("hunter2"));
    let outcome = answer(&transport(&server.url()), "cow_fed").await;
    assert_eq!(unavailable(&outcome), "NOAUTH", "{outcome:?}");
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_again() {
    let Some(mut server) = Server::own(&REDIS, &[]) else { return };
    let event = name("cow_fed");
    let redis = transport(&server.url());
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
    server.stop();
    for _ in 0..2 {
        let began = Instant::now();
        assert_eq!(unavailable(&answer(&redis, &event).await), "connection");
        assert!(began.elapsed() < Duration::from_secs(2));
    }
    server.start();
    comes_back(&redis, &event).await;
}

#[tokio::test]
async fn an_answer_is_waited_for_ten_seconds() {
    let Some(server) = Server::own(&REDIS, &[]) else { return };
    let (url, event) = (server.url(), name("cow_fed"));
    let redis = transport(&url);
    assert_eq!(answer(&redis, &event).await, Outcome::Accepted);
    let _: String = ask(&url, "CLIENT PAUSE 11000 WRITE").await;
    let began = Instant::now();
    assert_eq!(unavailable(&answer(&redis, &event).await), "timeout");
    assert!((9..12).contains(&began.elapsed().as_secs()));
    comes_back(&redis, &event).await;
}

#[tokio::test]
async fn an_address_leads_to_it() {
    let topic = Topic::default();
    assert_eq!(open("redis://barn", &topic).unwrap().destination(), "redis://barn:6379 events.{event_name}");
    let secret = open("rediss://u:p@barn:1/2?maxlen=9", &topic).unwrap();
    assert_eq!(secret.destination(), "rediss://barn:1/2 events.{event_name}");
    assert!(open("redis://barn/hay", &topic).is_err());
}
