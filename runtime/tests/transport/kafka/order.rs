//! The order of a key, whatever brokers do meanwhile.
//!
//! Each partition has one key here, so that one request for it flies at a time. A broker that has answered the first of two
//! with an error does not take the second, whose number is too high; librdkafka builds on that, and its mock does not do it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use evt_runtime::relay::{Message, Outcome, Transport as _};
use evt_runtime::transport::Kafka;
use rdkafka::types::RDKafkaApiKey;
use rdkafka::types::RDKafkaRespErr::{self, *};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::cluster::{Cluster, PARTITIONS};
use crate::sent::message;

/// How often something goes wrong, and after how long.
const STEPS: usize = 60;
const STEP: Duration = Duration::from_millis(100);

const ANSWERS: [RDKafkaRespErr; 8] = [
    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
    RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
    RD_KAFKA_RESP_ERR__TRANSPORT,
    RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    RD_KAFKA_RESP_ERR_INVALID_RECORD,
    RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
    RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
    RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
];

/// Sends messages of a key, one after the other, each until it is accepted, for as long as something goes wrong. Now
/// and then a delivery is given up early. Gives how many there were.
async fn send_key(kafka: Arc<Kafka>, event: String, key: String, is_over: Arc<AtomicBool>) -> (String, i64) {
    let mut seq = 0;
    while !is_over.load(Ordering::Relaxed) {
        let message = Message { partition_key: Some(key.clone()), ..message(&event, seq, &seq.to_string()) };
        for attempt in 1_u64.. {
            let patience = Duration::from_millis(if attempt == 1 && seq % 25 == 24 { 1 } else { 30_000 });
            match timeout(patience, kafka.deliver(&message)).await {
                Ok(Outcome::Accepted) => break,
                _ => sleep(Duration::from_millis(5)).await,
            }
        }
        seq += 1;
        sleep(Duration::from_millis(2)).await;
    }
    (key, seq)
}

/// A key for each partition.
async fn keys(cluster: &Cluster, kafka: &Kafka) -> Vec<String> {
    for key in 0..40 {
        let message = Message { partition_key: Some(key.to_string()), ..message(&cluster.event, -1, "-1") };
        assert_eq!(kafka.deliver(&message).await, Outcome::Accepted);
    }
    let seen = cluster.seen().into_iter().map(|seen| (seen.partition, seen.key.unwrap()));
    let keys: BTreeMap<_, _> = seen.collect();
    assert_eq!(keys.len(), usize::try_from(PARTITIONS).unwrap());
    keys.into_values().collect()
}

/// Something goes wrong, the `step`th time.
fn disturb(cluster: &Cluster, step: usize) {
    let broker = i32::try_from(step % 3).unwrap() + 1;
    cluster.answers(&[ANSWERS[step % ANSWERS.len()]]);
    let partition = i32::try_from(step).unwrap() % PARTITIONS;
    cluster.mock.partition_leader(&cluster.topic(), partition, Some(broker)).unwrap();
    match step % 9 {
        3 => cluster.mock.broker_down(broker).unwrap(),
        5 => cluster.mock.broker_up(-1).unwrap(),
        7 => cluster.mock.broker_round_trip_time(broker, Duration::from_millis(20)).unwrap(),
        8 => cluster.mock.broker_round_trip_time(-1, Duration::ZERO).unwrap(),
        _ => {}
    }
}

#[tokio::test]
async fn each_key_arrives_in_its_order_while_brokers_fail() {
    let cluster = Cluster::new(3);
    let kafka = Arc::new(cluster.transport());
    let (mut keys, is_over) = (JoinSet::new(), Arc::new(AtomicBool::new(false)));
    for key in self::keys(&cluster, &kafka).await {
        keys.spawn(send_key(Arc::clone(&kafka), cluster.event.clone(), key, Arc::clone(&is_over)));
    }
    for step in 0..STEPS {
        disturb(&cluster, step);
        sleep(STEP).await;
    }
    mend(&cluster);
    is_over.store(true, Ordering::Relaxed);
    let sent = timeout(Duration::from_mins(1), keys.join_all()).await.expect("all are sent in the end");
    let mut arrived = arrived(&cluster);
    for (key, count) in sent {
        assert_eq!(
            arrived.remove(&key).unwrap_or_default(),
            (0..count).collect::<Vec<_>>(),
            "of the key {key}"
        );
    }
}

fn mend(cluster: &Cluster) {
    cluster.mock.broker_up(-1).unwrap();
    cluster.mock.broker_round_trip_time(-1, Duration::ZERO).unwrap();
    cluster.mock.clear_request_errors(RDKafkaApiKey::Produce);
}

/// What arrived of each key. What was sent again may arrive again: the first time counts.
fn arrived(cluster: &Cluster) -> BTreeMap<String, Vec<i64>> {
    let mut arrived: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for seen in cluster.seen() {
        let seq: i64 = String::from_utf8(seen.payload).unwrap().parse().unwrap();
        let of_key = arrived.entry(seen.key.unwrap()).or_default();
        if seq >= 0 && !of_key.contains(&seq) {
            of_key.push(seq);
        }
    }
    arrived
}
