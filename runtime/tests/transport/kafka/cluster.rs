//! librdkafka's own cluster: real ports, real requests, and errors on demand.

use std::time::{Duration, Instant};

use evt_runtime::relay::Transport;
use evt_runtime::transport::conformance::Arrival;
use evt_runtime::transport::{Kafka, Topic};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use rdkafka::{Offset, TopicPartitionList};

pub(crate) const PARTITIONS: i32 = 4;

/// Brokers, and one topic for the events of one name.
pub(crate) struct Cluster {
    pub(crate) mock: MockCluster<'static, DefaultProducerContext>,
    pub(crate) event: String,
}

/// A record as a consumer got it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) partition: i32,
    pub(crate) key: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) payload: Vec<u8>,
    /// In milliseconds since 1970.
    pub(crate) timestamp: i64,
}

impl Seen {
    fn new(message: &BorrowedMessage<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let headers = message.headers().into_iter().flat_map(|headers| headers.iter());
        Self {
            partition: message.partition(),
            key: message.key().map(text),
            headers: headers.map(|it| (it.key.to_owned(), text(it.value.unwrap()))).collect(),
            payload: message.payload().unwrap().to_vec(),
            timestamp: message.timestamp().to_millis().unwrap(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn arrival(self) -> Arrival {
        let id = self.header("ce_id").unwrap().to_owned();
        Arrival { headers: self.headers, ..Arrival::new(id, self.payload) }
    }
}

impl Cluster {
    pub(crate) fn new(brokers: i32) -> Self {
        Self::of(brokers, &crate::sent::name("cow_fed"))
    }

    pub(crate) fn of(brokers: i32, event: &str) -> Self {
        let mock = MockCluster::new(brokers).unwrap();
        mock.create_topic(&format!("events.{event}"), PARTITIONS, brokers).unwrap();
        // Of what is newer, the mock does not survive a partition without a leader.
        mock.apiversion(RDKafkaApiKey::Produce, Some(0), Some(9)).unwrap();
        Self { mock, event: event.to_owned() }
    }

    pub(crate) fn topic(&self) -> String {
        format!("events.{}", self.event)
    }

    pub(crate) fn url(&self) -> String {
        format!("kafka://{}", self.mock.bootstrap_servers())
    }

    pub(crate) fn transport(&self) -> Kafka {
        Kafka::new(&self.url(), Topic::default()).unwrap()
    }

    /// The next requests to send records get these answers.
    pub(crate) fn answers(&self, codes: &[RDKafkaRespErr]) {
        self.mock.request_errors(RDKafkaApiKey::Produce, codes);
    }

    /// What it answers to one event.
    pub(crate) async fn answer(&self, transport: &dyn Transport) -> evt_runtime::relay::Outcome {
        crate::sent::answer(transport, &self.event).await
    }

    pub(crate) fn reader(&self) -> Reader {
        let config = ClientConfig::new()
            .set("bootstrap.servers", self.mock.bootstrap_servers())
            .set("group.id", "test")
            .set("fetch.wait.max.ms", "20")
            .clone();
        let consumer: BaseConsumer = config.create().unwrap();
        let mut partitions = TopicPartitionList::new();
        for partition in 0..PARTITIONS {
            partitions.add_partition_offset(&self.topic(), partition, Offset::Beginning).unwrap();
        }
        consumer.assign(&partitions).unwrap();
        Reader { consumer, seen: Vec::new(), topic: self.topic() }
    }

    /// All that is there.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.reader().all()
    }
}

/// Reads a topic from its beginning.
pub(crate) struct Reader {
    consumer: BaseConsumer,
    seen: Vec<Seen>,
    topic: String,
}

impl Reader {
    /// All that is there so far.
    pub(crate) fn all(&mut self) -> Vec<Seen> {
        let (wanted, began) = (self.count(), Instant::now());
        while self.seen.len() < wanted {
            assert!(began.elapsed() < Duration::from_secs(20), "the cluster does not give what it has");
            match self.consumer.poll(Duration::from_millis(20)) {
                Some(Ok(message)) => self.seen.push(Seen::new(&message)),
                Some(Err(error)) => panic!("{error}"),
                None => {}
            }
        }
        self.seen.clone()
    }

    fn count(&self) -> usize {
        let count = |partition| {
            let (first, next) =
                self.consumer.fetch_watermarks(&self.topic, partition, Duration::from_secs(10)).unwrap();
            usize::try_from(next - first).unwrap()
        };
        (0..PARTITIONS).map(count).sum()
    }
}
