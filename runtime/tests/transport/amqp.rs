//! AMQP 0-9-1, on a real `RabbitMQ`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::cloud_event::structured;
use evt_runtime::transport::conformance::{Arrival, check};
use evt_runtime::transport::{Amqp, Mode, Options, Topic, open, open_with};
use futures_util::FutureExt as _;
use lapin::message::Delivery;
use lapin::options::{BasicGetOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{Channel, Connection, ConnectionProperties, ExchangeKind};

use crate::broker::{self, host_of};
use crate::proxy::Proxy;
use crate::sent::{TRACEPARENT, answer, comes_back, message, name, refused, unavailable};

/// An exchange with one queue, for the events of one name; both end with the test.
struct Barn {
    channel: Channel,
    exchange: String,
    event: String,
    _connection: Connection,
}

impl Barn {
    async fn new(url: &str) -> Self {
        Self::with(url, FieldTable::default()).await
    }

    /// Its queue has these arguments.
    async fn with(url: &str, arguments: FieldTable) -> Self {
        let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        let barn = Self { channel, exchange: name("barn"), event: name("cow_fed"), _connection: connection };
        barn.declare().await;
        let exclusive = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        let (queue, exchange) = (barn.exchange.as_str().into(), barn.exchange.as_str().into());
        barn.channel.queue_declare(queue, exclusive, arguments).await.unwrap();
        let (queue, key) = (barn.exchange.as_str().into(), format!("events.{}", barn.event).into());
        let bound =
            barn.channel.queue_bind(queue, exchange, key, QueueBindOptions::default(), FieldTable::default());
        bound.await.unwrap();
        barn
    }

    async fn declare(&self) {
        let short_lived = ExchangeDeclareOptions { auto_delete: true, ..ExchangeDeclareOptions::default() };
        let (exchange, topic) = (self.exchange.as_str().into(), ExchangeKind::Topic);
        self.channel.exchange_declare(exchange, topic, short_lived, FieldTable::default()).await.unwrap();
    }

    fn transport(&self, url: &str) -> Amqp {
        Amqp::new(&format!("{url}?exchange={}", self.exchange), Topic::default()).unwrap()
    }

    /// What is in the queue; it is not there any more.
    async fn deliveries(&self) -> Vec<Delivery> {
        let mut deliveries = Vec::new();
        let taken = BasicGetOptions { no_ack: true };
        while let Some(got) = self.channel.basic_get(self.exchange.as_str().into(), taken).await.unwrap() {
            deliveries.push(got.delivery);
        }
        deliveries
    }
}

fn headers(delivery: &Delivery) -> Vec<(String, String)> {
    let headers = delivery.properties.headers().as_ref().unwrap();
    let text = |value: &AMQPValue| value.as_long_string().unwrap().to_string();
    headers.inner().iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

#[tokio::test]
async fn it_keeps_what_a_relay_builds_on() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let topic = format!("events.{}", barn.event).parse().unwrap();
    let amqp = Amqp::new(&format!("{url}?exchange={}", barn.exchange), topic).unwrap();
    let mut arrivals = Vec::new();
    let arrived = async || {
        for delivery in barn.deliveries().await {
            let id = delivery.properties.message_id().clone().unwrap();
            arrivals.push(Arrival { headers: headers(&delivery), ..Arrival::new(id, delivery.data) });
        }
        arrivals.clone()
    };
    check(&amqp, &["guest:guest"], arrived).await.unwrap();
}

#[tokio::test]
async fn a_consumer_gets_the_payload_and_the_attributes_as_headers() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let message = message(&barn.event, 7, r#"{"kg":2.50}"#);
    assert_eq!(barn.transport(&url).deliver(&message).await, Outcome::Accepted);
    let delivery = barn.deliveries().await.remove(0);
    assert_eq!(delivery.data, br#"{"kg":2.50}"#);
    let properties = &delivery.properties;
    assert_eq!(properties.content_type().as_ref().unwrap().as_str(), "application/json");
    assert_eq!(properties.message_id().as_ref().unwrap().as_str(), message.id.to_string());
    assert_eq!(*properties.delivery_mode(), Some(2), "a durable queue keeps it on its disk");
    let headers = headers(&delivery);
    for (name, value) in
        [("id", &*message.id.to_string()), ("sequence", "00000000000000000007"), ("subject", "Bella €")]
    {
        assert!(
            headers.contains(&(format!("cloudEvents_{name}"), value.to_owned())),
            "{name} in {headers:?}"
        );
    }
    assert!(headers.contains(&("traceparent".to_owned(), TRACEPARENT.to_owned())), "{headers:?}");
}

#[tokio::test]
async fn in_structured_mode_all_of_it_is_the_body_and_the_trace_a_header() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let message = message(&barn.event, 1, "[1.0]");
    let options = Options { mode: Mode::Structured, ..Options::default() };
    let url = format!("{url}?exchange={}", barn.exchange);
    let amqp = open_with(&url, &Topic::default(), &options).unwrap();
    assert_eq!(amqp.deliver(&message).await, Outcome::Accepted);
    let delivery = barn.deliveries().await.remove(0);
    assert_eq!(delivery.data, structured(&message).as_bytes());
    let content_type = delivery.properties.content_type().as_ref().unwrap();
    let trace = vec![("traceparent".to_owned(), TRACEPARENT.to_owned())];
    assert_eq!((content_type.as_str(), headers(&delivery)), ("application/cloudevents+json", trace));
}

#[tokio::test]
async fn of_hundreds_on_one_connection_those_without_a_queue_are_not_accepted() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let proxy = Proxy::to(host_of(&url)).await;
    let amqp = Arc::new(barn.transport(&through(&proxy, &url)));
    let mut tasks = tokio::task::JoinSet::new();
    for seq in 0..500 {
        let event = if seq % 3 == 0 { "nobody" } else { &barn.event };
        let (amqp, message) = (Arc::clone(&amqp), message(event, seq, "{}"));
        tasks.spawn(async move { (seq, amqp.deliver(&message).await) });
    }
    for (seq, outcome) in tasks.join_all().await {
        match seq % 3 {
            0 => assert_eq!(unavailable(&outcome), "312"),
            _ => assert_eq!(outcome, Outcome::Accepted),
        }
    }
    assert_eq!((barn.deliveries().await.len(), proxy.connections()), (333, 1));
}

fn through(proxy: &Proxy, url: &str) -> String {
    url.replace(host_of(url), &proxy.address.to_string())
}

#[tokio::test]
async fn a_missing_exchange_is_noticed_and_found_once_it_is_there() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let exchange = name("missing");
    let amqp = Amqp::new(&format!("{url}?exchange={exchange}"), Topic::default()).unwrap();
    for _ in 0..3 {
        assert_eq!(unavailable(&answer(&amqp, &barn.event).await), "404");
    }
    let late = Barn { exchange, ..barn };
    late.declare().await;
    assert_eq!(unavailable(&answer(&amqp, &late.event).await), "312");
}

#[tokio::test]
async fn a_queue_that_is_full_accepts_nothing() {
    let Some(url) = broker::rabbit() else { return };
    let mut arguments = FieldTable::default();
    arguments.insert("x-max-length".into(), AMQPValue::LongInt(1));
    arguments.insert("x-overflow".into(), AMQPValue::LongString("reject-publish".into()));
    let barn = Barn::with(&url, arguments).await;
    let amqp = barn.transport(&url);
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(answer(&amqp, &barn.event).await);
    }
    assert_eq!(answers[0], Outcome::Accepted);
    assert_eq!(unavailable(&answers[4]), "nack");
    assert!(!barn.deliveries().await.is_empty());
    assert_eq!(answer(&amqp, &barn.event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_wrong_password_is_told_without_it() {
    let Some(url) = broker::rabbit() else { return };
    let wrong = format!("amqp://guest:hunter2@{}", host_of(&url));
    let amqp = Amqp::new(&wrong, Topic::default()).unwrap();
    let outcome = answer(&amqp, "cow_fed").await;
    assert_eq!(unavailable(&outcome), "403");
    assert!(!format!("{outcome:?} {}", amqp.destination()).contains("hunter2"));
}

#[tokio::test]
async fn a_virtual_host_that_is_not_there_accepts_nothing() {
    let Some(url) = broker::rabbit() else { return };
    let amqp = Amqp::new(&format!("{url}/no%2Fbarn"), Topic::default()).unwrap();
    let outcome = answer(&amqp, "cow_fed").await;
    assert_eq!(unavailable(&outcome), "530");
    assert!(format!("{outcome:?}").contains("no/barn"), "{outcome:?}");
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused_and_others_are_not() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let proxy = Proxy::to(host_of(&url)).await;
    let amqp = barn.transport(&through(&proxy, &url));
    // The largest message is 128 MiB unless configured.
    let huge = message(&barn.event, 1, &"m".repeat((128 << 20) + 1));
    let metadata = format!(r#"{{"by":"{}"}}"#, "Ann".repeat(50_000));
    let heady = Message { metadata, ..message(&barn.event, 2, "{}") };
    let small = message(&barn.event, 3, "{}");
    let answers = tokio::join!(amqp.deliver(&huge), amqp.deliver(&heady), amqp.deliver(&small));
    assert_eq!(
        (refused(&answers.0), refused(&answers.1), answers.2),
        ("406", "too_large", Outcome::Accepted)
    );
    assert_eq!(answer(&amqp, &barn.event).await, Outcome::Accepted);
    assert_eq!(proxy.connections(), 1);
}

#[tokio::test]
async fn headers_fill_a_frame_at_most() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let proxy = Proxy::to(host_of(&url)).await;
    let amqp = barn.transport(&through(&proxy, &url));
    let mut answers = Vec::new();
    for length in (129_000..131_500).step_by(100) {
        let metadata = format!(r#"{{"by":"{}"}}"#, "m".repeat(length));
        answers.push(amqp.deliver(&Message { metadata, ..message(&barn.event, 1, "{}") }).await);
    }
    let accepted = answers.iter().filter(|outcome| **outcome == Outcome::Accepted).count();
    assert!(accepted > 0 && answers[accepted..].iter().all(|outcome| refused(outcome) == "too_large"));
    assert_eq!(proxy.connections(), 1, "the broker did not end the connection");
}

#[tokio::test]
async fn a_routing_key_that_is_too_long_is_refused() {
    let Some(url) = broker::rabbit() else { return };
    let amqp = Amqp::new(&url, Topic::default()).unwrap();
    assert_eq!(refused(&answer(&amqp, &"cow".repeat(83)).await), "topic");
}

#[tokio::test]
async fn a_broker_that_comes_back_is_found_again() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let mut proxy = Proxy::to(host_of(&url)).await;
    let amqp = barn.transport(&through(&proxy, &url));
    assert_eq!(answer(&amqp, &barn.event).await, Outcome::Accepted);
    proxy.cut().await;
    for _ in 0..2 {
        let began = Instant::now();
        assert_eq!(unavailable(&answer(&amqp, &barn.event).await), "connection");
        assert!(began.elapsed() < Duration::from_secs(2));
    }
    proxy.mend().await;
    comes_back(&amqp, &barn.event).await;
}

#[tokio::test]
async fn deliveries_that_are_dropped_use_up_no_channels() {
    let Some(url) = broker::rabbit() else { return };
    let barn = Barn::new(&url).await;
    let amqp = barn.transport(&url);
    for seq in 0..300 {
        let (lost, fed) = (message("nobody", seq, "{}"), message(&barn.event, seq, "{}"));
        // It has been sent when it is dropped, but for the first one.
        assert_eq!(amqp.deliver(&lost).now_or_never(), None);
        assert_eq!(amqp.deliver(&fed).await, Outcome::Accepted, "the answer is not that of the one before");
    }
}

#[tokio::test]
async fn an_address_leads_to_it() {
    let topic = Topic::default();
    let destination = |url: &str| open(url, &topic).unwrap().destination();
    assert_eq!(destination("amqp://barn"), "amqp://barn:5672?exchange=events events.{event_name}");
    let secret = destination("amqps://u:p@barn/farm?exchange=cows");
    assert_eq!(secret, "amqps://barn:5671/farm?exchange=cows events.{event_name}");
    assert!(open(&format!("amqp://barn?exchange={}", "e".repeat(256)), &topic).is_err());
}
