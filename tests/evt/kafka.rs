//! `evt outbox publish` to Kafka, on librdkafka's mock cluster; and without it.

#[cfg(feature = "kafka")]
mod cluster;

use crate::database::Farm;

#[cfg(feature = "kafka")]
#[test]
fn what_is_stored_goes_to_kafka_also_after_it_was_down() {
    let (farm, cluster) = (Farm::sqlite(), cluster::Cluster::new("events.something_happened"));
    for _ in 0..3 {
        farm.store();
    }
    let publish = format!("outbox publish --to {} --once", cluster.url());
    farm.evt(&publish).exits(0).tells("published 3 events");
    assert_eq!(cluster.sequences(), [1, 2, 3]);
    farm.evt(&publish).exits(0).tells("published 0 events");
    farm.evt("outbox audit").exits(0);

    cluster.mock.broker_down(-1).expect("the cluster does what it is told");
    farm.store();
    farm.evt(&publish).exits(4).tells("the destination does not take events").tells("Connection refused");
    cluster.mock.broker_up(-1).expect("the cluster does what it is told");
    farm.evt(&publish).exits(0).tells("published 1 event");
    assert_eq!(cluster.sequences(), [1, 2, 3, 4]);
}

#[cfg(feature = "kafka")]
#[test]
fn a_password_is_neither_shown_nor_stored() {
    let farm = Farm::sqlite();
    farm.store();
    let publish = "outbox publish --to kafka://bella:hunter2@127.0.0.1:9 --once --verbose";
    let run = farm.evt(publish).exits(4);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    let relays = farm.evt("outbox relays --format json").exits(0).stdout;
    assert!(!relays.contains("hunter2"), "{relays}");
    let moved = farm.evt("outbox publish --to stdout: --once").exits(3);
    moved.tells("this outbox is published to kafka://127.0.0.1:9 events.{event_name}");
}

#[cfg(not(feature = "kafka"))]
#[test]
fn what_this_program_was_built_without_is_told() {
    let run = Farm::sqlite().evt("outbox publish --to kafka://barn --once").exits(2);
    run.tells("wants the feature `kafka`, which this program was built without");
}
