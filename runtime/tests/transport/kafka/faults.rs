//! Errors of brokers, brokers that go and come, and what is given up.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::{Kafka, Topic};
use futures_util::FutureExt as _;
use rdkafka::types::RDKafkaApiKey::InitProducerId;
use rdkafka::types::RDKafkaRespErr::{self, *};

use super::cluster::Cluster;
use crate::sent::{answer, comes_back, message, refused, unavailable};

/// A producer of many records at once meets it, then the one that asks again for this record alone.
const TOO_LARGE: [RDKafkaRespErr; 2] = [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE; 2];

#[tokio::test]
async fn what_librdkafka_mends_costs_nothing() {
    let cluster = Cluster::new(3);
    let kafka = cluster.transport();
    for code in [
        RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
        RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
        RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
        RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
        RD_KAFKA_RESP_ERR__TRANSPORT,
    ] {
        cluster.answers(&[code]);
        assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted, "{code:?}");
    }
}

#[tokio::test]
async fn what_is_about_the_record_is_refused_and_others_are_not() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    cluster.answers(&TOO_LARGE);
    assert_eq!(refused(&cluster.answer(&kafka).await), "too_large");
    cluster.answers(&[RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE; 2]);
    assert_eq!(refused(&cluster.answer(&kafka).await), "too_large");
    cluster.answers(&[RD_KAFKA_RESP_ERR_INVALID_RECORD; 2]);
    assert_eq!(refused(&cluster.answer(&kafka).await), "87");
    let huge = message(&cluster.event, 1, &"m".repeat(33 << 20));
    assert_eq!(refused(&kafka.deliver(&huge).await), "too_large");
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
}

#[tokio::test]
async fn any_other_error_of_a_broker_is_no_record_s_fault() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    for (code, number) in [
        (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "29"),
        (RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, "31"),
        (RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, "32"),
        (RD_KAFKA_RESP_ERR_POLICY_VIOLATION, "44"),
        (RD_KAFKA_RESP_ERR_UNKNOWN, "kafka"),
    ] {
        cluster.answers(&[code; 2]);
        assert_eq!(unavailable(&cluster.answer(&kafka).await), number, "{code:?}");
        cluster.mock.clear_request_errors(rdkafka::types::RDKafkaApiKey::Produce);
        comes_back(&kafka, &cluster.event).await;
    }
}

/// A broker refuses batches, not records: without this, all that flew with one too many would be dead in the end.
#[tokio::test]
async fn a_batch_that_is_refused_is_sent_one_by_one() {
    let cluster = Cluster::new(1);
    let kafka = Arc::new(cluster.transport());
    assert_eq!(cluster.answer(&*kafka).await, Outcome::Accepted);
    for codes in [TOO_LARGE, [RD_KAFKA_RESP_ERR_INVALID_RECORD; 2], [RD_KAFKA_RESP_ERR_POLICY_VIOLATION; 2]] {
        cluster.answers(&codes[..1]);
        let mut tasks = tokio::task::JoinSet::new();
        for seq in 0..200 {
            let key = Some(seq.to_string());
            let message = Message { partition_key: key, ..message(&cluster.event, seq, "{}") };
            let kafka = Arc::clone(&kafka);
            tasks.spawn(async move { kafka.deliver(&message).await });
        }
        let others: Vec<_> =
            tasks.join_all().await.into_iter().filter(|it| *it != Outcome::Accepted).collect();
        assert_eq!(others, []);
    }
    let ids: BTreeSet<_> = cluster.seen().into_iter().map(|seen| seen.arrival().id).collect();
    assert_eq!(ids.len(), 1 + 3 * 200);
}

#[tokio::test]
async fn a_producer_that_cannot_begin_is_told_or_begins_later() {
    let cluster = Cluster::new(1);
    cluster.mock.request_errors(InitProducerId, &[RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS]);
    assert_eq!(cluster.answer(&cluster.transport()).await, Outcome::Accepted);
    cluster.mock.request_errors(InitProducerId, &[RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED; 2]);
    let kafka = cluster.transport();
    assert_eq!(unavailable(&cluster.answer(&kafka).await), "31");
    comes_back(&kafka, &cluster.event).await;
}

#[tokio::test]
async fn a_topic_that_is_not_there_or_not_for_us_is_no_message_s_fault() {
    let cluster = Cluster::new(1);
    let (kafka, topic) = (cluster.transport(), cluster.topic());
    for (code, expected) in [
        (RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "29"),
        (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "no_topic"),
    ] {
        cluster.mock.topic_error(&topic, code).unwrap();
        let kafka = cluster.transport();
        for _ in 0..2 {
            assert_eq!(unavailable(&cluster.answer(&kafka).await), expected);
        }
        cluster.mock.topic_error(&topic, RD_KAFKA_RESP_ERR_NO_ERROR).unwrap();
        comes_back(&kafka, &cluster.event).await;
    }
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
}

#[tokio::test]
async fn where_nobody_listens_that_is_told_soon() {
    for url in ["kafka://127.0.0.1:9,127.0.0.1:10", "kafka://no.such.host.invalid"] {
        let kafka = Kafka::new(url, Topic::default()).unwrap();
        let began = Instant::now();
        let outcome = answer(&kafka, "cow_fed").await;
        assert_eq!(unavailable(&outcome), "connection");
        let told = format!("{outcome:?}");
        assert!(told.contains("refused") || told.contains("resolve"), "{told}");
        assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn brokers_that_come_back_are_found_again() {
    let cluster = Cluster::new(3);
    let kafka = cluster.transport();
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
    cluster.mock.broker_down(-1).unwrap();
    for _ in 0..2 {
        let began = Instant::now();
        assert_eq!(unavailable(&cluster.answer(&kafka).await), "connection");
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    }
    cluster.mock.broker_up(-1).unwrap();
    comes_back(&kafka, &cluster.event).await;
}

#[tokio::test]
async fn an_answer_is_waited_for_ten_seconds_and_nothing_is_sent_after_that() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
    leaderless(&cluster);
    let began = Instant::now();
    assert_eq!(unavailable(&cluster.answer(&kafka).await), "timeout");
    assert!((9..12).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    led(&cluster);
    comes_back(&kafka, &cluster.event).await;
    assert_eq!(cluster.seen().len(), 2, "what was given up was sent");
}

#[tokio::test]
async fn a_delivery_that_is_dropped_is_not_sent_later() {
    let cluster = Cluster::new(1);
    let kafka = cluster.transport();
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
    leaderless(&cluster);
    let dropped = cluster.answer(&kafka);
    // It is handed over, and nobody answers.
    assert!(tokio::time::timeout(Duration::from_secs(1), dropped).await.is_err());
    led(&cluster);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(cluster.seen().len(), 1, "what was dropped was sent");
    assert_eq!(cluster.answer(&kafka).await, Outcome::Accepted);
    assert_eq!(cluster.seen().len(), 2);
}

#[tokio::test]
async fn what_flies_beside_a_dropped_delivery_arrives() {
    let cluster = Cluster::new(1);
    let kafka = Arc::new(cluster.transport());
    assert_eq!(cluster.answer(&*kafka).await, Outcome::Accepted);
    cluster.mock.broker_round_trip_time(-1, Duration::from_millis(300)).unwrap();
    let mut beside = Box::pin(cluster.answer(&*kafka));
    assert_eq!((&mut beside).now_or_never(), None);
    let dropped = cluster.answer(&*kafka);
    assert!(tokio::time::timeout(Duration::from_millis(50), dropped).await.is_err());
    assert_eq!(beside.await, Outcome::Accepted);
}

/// Takes the leader of every partition away.
fn leaderless(cluster: &Cluster) {
    lead(cluster, None);
}

fn led(cluster: &Cluster) {
    lead(cluster, Some(1));
}

fn lead(cluster: &Cluster, broker: Option<i32>) {
    for partition in 0..super::PARTITIONS {
        cluster.mock.partition_leader(&cluster.topic(), partition, broker).unwrap();
    }
}
