//! Kafka, on librdkafka's mock cluster.

mod cluster;
mod ending;
mod faults;
mod front;
mod login;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::cloud_event::structured;
use evt_runtime::transport::conformance::check;
use evt_runtime::transport::{Kafka, Mode, Options, Topic, open, open_with};

use self::cluster::{Cluster, PARTITIONS, Seen};
use crate::sent::{TRACEPARENT, answer, message, refused};

#[tokio::test]
async fn it_keeps_what_a_relay_builds_on() {
    let cluster = Cluster::of(3, "cow_fed");
    let mut reader = cluster.reader();
    let arrived = async || reader.all().into_iter().map(Seen::arrival).collect();
    check(&cluster.transport(), &[], arrived).await.unwrap();
}

#[tokio::test]
async fn a_consumer_gets_the_payload_the_key_and_the_attributes_as_headers() {
    let cluster = Cluster::new(1);
    let message = message(&cluster.event, 7, r#"{"kg":2.50}"#);
    assert_eq!(cluster.transport().deliver(&message).await, Outcome::Accepted);
    let seen = cluster.seen().remove(0);
    assert_eq!((seen.payload.as_slice(), seen.key.as_deref()), (&br#"{"kg":2.50}"#[..], Some("Cow/7")));
    assert_eq!(seen.header("ce_id"), Some(&*message.id.to_string()));
    assert_eq!(seen.header("ce_type"), Some(&*cluster.event));
    assert_eq!(seen.header("ce_time"), Some("1970-01-01T00:00:00Z"));
    assert_eq!(seen.header("ce_subject"), Some("Bella €"));
    assert_eq!(seen.header("ce_partitionkey"), Some("Cow/7"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!((seen.header("traceparent"), seen.header("tracestate")), (Some(TRACEPARENT), None));
}

#[tokio::test]
async fn in_structured_mode_all_of_it_is_the_value() {
    let cluster = Cluster::new(1);
    let message = message(&cluster.event, 1, "[1.0]");
    let options = Options { mode: Mode::Structured, ..Options::default() };
    let kafka = open_with(&cluster.url(), &Topic::default(), &options).unwrap();
    assert_eq!(kafka.deliver(&message).await, Outcome::Accepted);
    let seen = cluster.seen().remove(0);
    assert_eq!((seen.payload, seen.key.as_deref()), (structured(&message).into_bytes(), Some("Cow/7")));
    let expected = [("content-type", "application/cloudevents+json"), ("traceparent", TRACEPARENT)];
    assert_eq!(seen.headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

/// Brokers delete what is older than they keep: what occurred in 1970 would be gone at once.
#[tokio::test]
async fn a_record_has_the_time_of_its_sending() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    let before = sent_at(uuid::Uuid::now_v7());
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
    let seen = cluster.seen().remove(0);
    assert!((before..=sent_at(uuid::Uuid::now_v7())).contains(&seen.timestamp), "{seen:?}");
}

/// The milliseconds of an id.
fn sent_at(id: uuid::Uuid) -> i64 {
    let (seconds, nanoseconds) = id.get_timestamp().unwrap().to_unix();
    i64::try_from(seconds).unwrap() * 1_000 + i64::from(nanoseconds / 1_000_000)
}

fn of_key(cluster: &Cluster, seq: i64, key: &str) -> Message {
    Message { partition_key: Some(key.to_owned()), ..message(&cluster.event, seq, "{}") }
}

#[tokio::test]
async fn a_key_has_one_partition_the_same_as_with_clients_in_java() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    for seq in 0..60 {
        let key = ["21", "foobar", "a", "b", "c", "d"][usize::try_from(seq % 6).unwrap()];
        assert_eq!(kafka.deliver(&of_key(&cluster, seq, key)).await, Outcome::Accepted);
    }
    let mut partitions: BTreeMap<String, BTreeSet<i32>> = BTreeMap::new();
    for seen in cluster.seen() {
        partitions.entry(seen.key.unwrap()).or_default().insert(seen.partition);
    }
    assert!(partitions.values().all(|of_key| of_key.len() == 1), "{partitions:?}");
    // What its tests say: murmur2("21") is -973932308, murmur2("foobar") is -790332482.
    let expected = |hash: i32| BTreeSet::from([(hash & i32::MAX) % PARTITIONS]);
    assert_eq!(partitions["21"], expected(-973_932_308));
    assert_eq!(partitions["foobar"], expected(-790_332_482));
}

#[tokio::test]
async fn messages_without_a_key_have_none() {
    let cluster = Cluster::new(1);
    let message = Message { partition_key: None, ..message(&cluster.event, 1, "null") };
    assert_eq!(cluster.transport().deliver(&message).await, Outcome::Accepted);
    let seen = cluster.seen().remove(0);
    assert_eq!((seen.key, seen.payload.as_slice()), (None, &b"null"[..]));
}

#[tokio::test]
async fn hundreds_fly_at_once() {
    let cluster = Cluster::new(3);
    let kafka = Arc::new(cluster.transport());
    let mut tasks = tokio::task::JoinSet::new();
    for seq in 0..500 {
        let (kafka, message) = (Arc::clone(&kafka), of_key(&cluster, seq, &seq.to_string()));
        tasks.spawn(async move { kafka.deliver(&message).await });
    }
    assert!(tasks.join_all().await.iter().all(|outcome| *outcome == Outcome::Accepted));
    assert_eq!(cluster.seen().len(), 500);
}

#[tokio::test]
async fn a_name_that_no_topic_can_have_is_refused() {
    let cluster = Cluster::new(1);
    let kafka = Kafka::new(&cluster.url(), "{event_name}".parse().unwrap()).unwrap();
    for event in ["cow fed", "kühe", "cow/fed", "..", &"c".repeat(250)] {
        assert_eq!(refused(&answer(&kafka, event).await), "topic", "{event:?}");
    }
}

#[tokio::test]
async fn one_broker_that_answers_is_enough() {
    let cluster = Cluster::new(1);
    let url = cluster.url().replacen("://", "://127.0.0.1:9,127.0.0.1:10,", 1);
    let kafka = Kafka::new(&url, Topic::default()).unwrap();
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
}

/// `localhost` often has an address of IPv6 first, where nobody listens.
#[tokio::test]
async fn one_address_of_a_name_is_enough() {
    let cluster = Cluster::new(1);
    let url = cluster.url().replace("127.0.0.1", "localhost");
    let kafka = Kafka::new(&url, Topic::default()).unwrap();
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
}

#[test]
fn an_address_leads_to_it() {
    let topic = Topic::default();
    let destination = |url: &str| open(url, &topic).unwrap().destination();
    assert_eq!(destination("kafka://barn"), "kafka://barn:9092 events.{event_name}");
    let secret = "kafkas://u:p@stable,barn:1?sasl.mechanism=SCRAM-SHA-256";
    assert_eq!(destination(secret), "kafkas://barn:1,stable:9092 events.{event_name}");
    assert!(open("kafka://barn/hay", &topic).is_err());
}
