//! A cluster that this process runs, on real ports.

use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::{Offset, TopicPartitionList};

const WORKS: &str = "the cluster does what it is told";

/// One broker, with one topic.
pub(super) struct Cluster {
    pub(super) mock: MockCluster<'static, DefaultProducerContext>,
    topic: &'static str,
}

impl Cluster {
    pub(super) fn new(topic: &'static str) -> Self {
        let mock = MockCluster::new(1).expect(WORKS);
        mock.create_topic(topic, 1, 1).expect(WORKS);
        Self { mock, topic }
    }

    pub(super) fn url(&self) -> String {
        format!("kafka://{}", self.mock.bootstrap_servers())
    }

    /// The places in the outbox of all that arrived, in their order.
    pub(super) fn sequences(&self) -> Vec<u64> {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.mock.bootstrap_servers()).set("group.id", "test");
        let consumer: BaseConsumer = config.create().expect(WORKS);
        let mut all = TopicPartitionList::new();
        all.add_partition_offset(self.topic, 0, Offset::Beginning).expect(WORKS);
        consumer.assign(&all).expect(WORKS);
        let (_, count) = consumer.fetch_watermarks(self.topic, 0, Duration::from_secs(10)).expect(WORKS);
        let mut sequences: Vec<_> = (0..count).map(|_| sequence(&consumer)).collect();
        sequences.sort_unstable();
        sequences
    }
}

/// The next one's place.
fn sequence(consumer: &BaseConsumer) -> u64 {
    let message = consumer.poll(Duration::from_secs(10)).expect("it is there").expect(WORKS);
    let headers = message.headers().expect("it has headers");
    let sequence = headers.iter().find(|header| header.key == "ce_sequence").and_then(|header| header.value);
    let text = String::from_utf8_lossy(sequence.expect("it has a place")).into_owned();
    text.parse().expect("it is a number")
}
