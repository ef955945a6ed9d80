//! NATS with `JetStream`, on a real server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_nats::ConnectOptions;
use async_nats::header::{HeaderName, HeaderValue};
use async_nats::jetstream::stream::{Config, DiscardPolicy, Stream};
use evt_runtime::relay::{Outcome, Transport};
use evt_runtime::transport::cloud_event::structured;
use evt_runtime::transport::conformance::{Arrival, check};
use evt_runtime::transport::{Mode, Nats, Options, Topic, open, open_with};

use crate::broker::{self, NATS, Server};
use crate::sent::{TRACEPARENT, answer, comes_back, message, name, refused, unavailable};

/// A stream for the events of one name.
async fn stream(url: &str, event: &str, config: Config) -> Stream {
    stream_of(async_nats::connect(url).await.unwrap(), event, config).await
}

async fn stream_of(client: async_nats::Client, event: &str, config: Config) -> Stream {
    let jetstream = async_nats::jetstream::new(client);
    let config = Config { name: event.to_owned(), subjects: vec![format!("events.{event}")], ..config };
    jetstream.create_stream(config).await.unwrap()
}

fn transport(url: &str) -> Nats {
    Nats::new(url, Topic::default()).unwrap()
}

async fn count(stream: &Stream) -> u64 {
    stream.get_info().await.unwrap().state.messages
}

#[tokio::test]
async fn it_keeps_what_a_relay_builds_on() {
    let Some(server) = Server::own(&NATS, &["--user", "bella", "--pass", "hunter2"]) else { return };
    let url = server.url_with("bella:hunter2@");
    let bella = ConnectOptions::with_user_and_password("bella".to_owned(), "hunter2".to_owned());
    let stream = stream_of(bella.connect(server.url()).await.unwrap(), "cow_fed", Config::default()).await;
    check(&transport(&url), &["hunter2"], async || arrivals(&stream).await).await.unwrap();
}

/// All that a stream holds.
async fn arrivals(stream: &Stream) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    for sequence in 1..=count(stream).await {
        let stored = stream.get_raw_message(sequence).await.unwrap();
        let header =
            |(name, values): (&HeaderName, &Vec<HeaderValue>)| (name.to_string(), values[0].to_string());
        let headers: Vec<_> = stored.headers.iter().map(header).collect();
        let id = stored.headers.get("ce-id").unwrap().to_string();
        arrivals.push(Arrival { headers, ..Arrival::new(id, stored.payload.to_vec()) });
    }
    arrivals
}

#[tokio::test]
async fn a_consumer_gets_the_payload_and_the_attributes_as_headers() {
    let Some(url) = broker::nats() else { return };
    let event = name("cow_fed");
    let stream = stream(url, &event, Config::default()).await;
    let message = message(&event, 7, r#"{"kg":2.50}"#);
    assert_eq!(transport(url).deliver(&message).await, Outcome::Accepted);

    let stored = stream.get_raw_message(1).await.unwrap();
    assert_eq!(
        (stored.subject.as_str(), stored.payload.as_ref()),
        (&*format!("events.{event}"), &b"{\"kg\":2.50}"[..])
    );
    let header = |name: &str| stored.headers.get(name).map(|value| value.as_str().to_owned());
    assert_eq!(header("Nats-Msg-Id"), Some(message.id.to_string()));
    assert_eq!(header("ce-id"), Some(message.id.to_string()));
    assert_eq!(header("ce-sequence").as_deref(), Some("00000000000000000007"));
    assert_eq!(header("ce-subject").as_deref(), Some("Bella%20%E2%82%AC"));
    assert_eq!(header("content-type").as_deref(), Some("application/json"));
    assert_eq!(header("ce-datacontenttype").as_deref(), Some("application/json"));
    assert_eq!((header("traceparent").as_deref(), header("tracestate")), (Some(TRACEPARENT), None));
}

#[tokio::test]
async fn in_structured_mode_all_of_it_is_the_body() {
    let Some(url) = broker::nats() else { return };
    let event = name("cow_fed");
    let stream = stream(url, &event, Config::default()).await;
    let message = message(&event, 1, "[1.0]");
    let options = Options { mode: Mode::Structured, ..Options::default() };
    let nats = open_with(url, &Topic::default(), &options).unwrap();
    assert_eq!(nats.deliver(&message).await, Outcome::Accepted);
    let stored = stream.get_raw_message(1).await.unwrap();
    assert_eq!(stored.payload, structured(&message));
    assert_eq!(stored.headers.get("content-type").unwrap().as_str(), "application/cloudevents+json");
    assert!(stored.headers.get("Nats-Msg-Id").is_some() && stored.headers.get("ce-id").is_none());
    assert_eq!(stored.headers.get("traceparent").unwrap().as_str(), TRACEPARENT);
}

#[tokio::test]
async fn a_message_that_is_sent_again_is_accepted_and_stored_once() {
    let Some(url) = broker::nats() else { return };
    let event = name("cow_fed");
    let stream = stream(url, &event, Config::default()).await;
    let (nats, message) = (transport(url), message(&event, 1, "{}"));
    assert_eq!(nats.deliver(&message).await, Outcome::Accepted);
    assert_eq!(nats.deliver(&message).await, Outcome::Duplicate);
    assert_eq!(count(&stream).await, 1);
}

#[tokio::test]
async fn hundreds_fly_over_one_connection() {
    let Some(server) = Server::own(&NATS, &[]) else { return };
    let event = name("cow_fed");
    let stream = stream(&server.url(), &event, Config::default()).await;
    let nats = Arc::new(transport(&server.url()));
    let before = client_id(&server).await;
    let mut tasks = tokio::task::JoinSet::new();
    for seq in 0..500 {
        let (nats, message) = (Arc::clone(&nats), message(&event, seq, "{}"));
        tasks.spawn(async move { nats.deliver(&message).await });
    }
    assert!(tasks.join_all().await.iter().all(|outcome| *outcome == Outcome::Accepted));
    assert_eq!(count(&stream).await, 500);
    assert_eq!(client_id(&server).await, before + 2);
}

/// A server counts its clients.
async fn client_id(server: &Server) -> u64 {
    async_nats::connect(server.url()).await.unwrap().server_info().client_id
}

#[tokio::test]
async fn without_a_stream_for_the_subject_nothing_is_accepted() {
    let Some(url) = broker::nats() else { return };
    let outcome = answer(&transport(url), &name("nobody")).await;
    assert_eq!(unavailable(&outcome), "no_stream");
}

#[tokio::test]
async fn a_subscriber_that_answers_is_no_stream() {
    let Some(url) = broker::nats() else { return };
    let event = name("impostor");
    let client = async_nats::connect(url).await.unwrap();
    let mut heard = client.subscribe(format!("events.{event}")).await.unwrap();
    client.flush().await.unwrap();
    tokio::spawn(async move {
        let message = futures_util::StreamExt::next(&mut heard).await.unwrap();
        client.publish(message.reply.unwrap(), "thanks".into()).await.unwrap();
        client.flush().await.unwrap();
    });
    assert_eq!(unavailable(&answer(&transport(url), &event).await), "nats");
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused_and_others_are_not() {
    let Some(url) = broker::nats() else { return };
    let event = name("cow_fed");
    let _stream = stream(url, &event, Config { max_message_size: 2_048, ..Config::default() }).await;
    let nats = transport(url);
    let large = message(&event, 1, &format!("\"{}\"", "m".repeat(4_096)));
    assert_eq!(refused(&nats.deliver(&large).await), "10054");
    let huge = message(&event, 1, &format!("\"{}\"", "m".repeat(2 << 20)));
    assert_eq!(refused(&nats.deliver(&huge).await), "too_large");
    assert_eq!(answer(&nats, &event).await, Outcome::Accepted);
}

#[tokio::test]
async fn a_full_stream_is_no_message_s_fault() {
    let Some(url) = broker::nats() else { return };
    let event = name("cow_fed");
    let config = Config { max_messages: 1, discard: DiscardPolicy::New, ..Config::default() };
    let _stream = stream(url, &event, config).await;
    let nats = transport(url);
    assert_eq!(answer(&nats, &event).await, Outcome::Accepted);
    assert_eq!(unavailable(&answer(&nats, &event).await), "10077");
}

#[tokio::test]
async fn a_topic_that_is_no_subject_is_refused() {
    let Some(url) = broker::nats() else { return };
    let nats = Nats::new(url, "farm.{event_name}".parse().unwrap()).unwrap();
    for event in ["cow fed", "cow.*", ">", "cow..fed", "cow\r\nPUB x 0"] {
        assert_eq!(refused(&answer(&nats, event).await), "topic", "{event:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_without_it() {
    let Some(server) = Server::own(&NATS, &["--user", "bella", "--pass", "hay"]) else { return };
    let event = name("cow_fed");
    let bella = ConnectOptions::with_user_and_password("bella".to_owned(), "hay".to_owned());
    let _stream = stream_of(bella.connect(server.url()).await.unwrap(), &event, Config::default()).await;
    assert_eq!(answer(&transport(&server.url_with("bella:hay@")), &event).await, Outcome::Accepted);

    let wrong = transport(&server.url_with("bella:hunter2@"));
    let outcome = answer(&wrong, &event).await;
    assert_eq!(unavailable(&outcome), "auth");
    assert!(!format!("{outcome:?} {}", wrong.destination()).contains("hunter2"));
    assert_eq!(wrong.destination(), format!("{} events.{{event_name}}", server.url()));
    assert_eq!(unavailable(&answer(&transport(&server.url()), &event).await), "auth");
}

#[tokio::test]
async fn a_user_alone_is_a_token() {
    let Some(server) = Server::own(&NATS, &["--auth", "s%cret"]) else { return };
    let event = name("cow_fed");
    let nats = transport(&server.url_with("s%25cret@"));
    assert_eq!(unavailable(&answer(&nats, &event).await), "no_stream");
    assert_eq!(unavailable(&answer(&transport(&server.url_with("hay@")), &event).await), "auth");
}

#[tokio::test]
async fn where_nobody_listens_that_is_told_at_once() {
    let Some(mut server) = Server::own(&NATS, &[]) else { return };
    server.stop();
    let began = Instant::now();
    assert_eq!(unavailable(&answer(&transport(&server.url()), "cow_fed").await), "connection");
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_server_that_comes_back_is_found_again() {
    let Some(mut server) = Server::own(&NATS, &[]) else { return };
    let event = name("cow_fed");
    let _stream = stream(&server.url(), &event, Config::default()).await;
    let nats = transport(&server.url());
    assert_eq!(answer(&nats, &event).await, Outcome::Accepted);

    server.stop();
    let began = Instant::now();
    assert_eq!(unavailable(&answer(&nats, &event).await), "connection");
    assert!(began.elapsed() < Duration::from_secs(2), "what is lost is not waited for");
    server.start();
    let _stream = self::stream(&server.url(), &event, Config::default()).await;
    comes_back(&nats, &event).await;
}

#[tokio::test]
async fn what_is_under_way_when_the_connection_is_lost_is_not_waited_for() {
    let Some(mut server) = Server::own(&NATS, &[]) else { return };
    let client = async_nats::connect(server.url()).await.unwrap();
    let _deaf = client.subscribe("events.cow_fed").await.unwrap();
    client.flush().await.unwrap();
    let nats = transport(&server.url());
    let under_way = tokio::spawn(async move { answer(&nats, "cow_fed").await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let began = Instant::now();
    server.stop();
    assert_eq!(unavailable(&under_way.await.unwrap()), "connection");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_server_that_is_away_for_long_is_found_again() {
    let Some(mut server) = Server::own(&NATS, &[]) else { return };
    let event = name("cow_fed");
    let nats = transport(&server.url());
    assert_eq!(unavailable(&answer(&nats, &event).await), "no_stream");
    server.stop();
    // Longer than the client tries by itself.
    tokio::time::sleep(Duration::from_secs(9)).await;
    server.start();
    let _stream = stream(&server.url(), &event, Config::default()).await;
    comes_back(&nats, &event).await;
}

#[tokio::test]
async fn an_answer_is_waited_for_ten_seconds() {
    let Some(url) = broker::nats() else { return };
    let event = name("deaf");
    let client = async_nats::connect(url).await.unwrap();
    let _deaf = client.subscribe(format!("events.{event}")).await.unwrap();
    client.flush().await.unwrap();
    let began = Instant::now();
    assert_eq!(unavailable(&answer(&transport(url), &event).await), "timeout");
    assert!((9..12).contains(&began.elapsed().as_secs()));
}

#[tokio::test]
async fn a_missing_permission_is_told() {
    let config = r#"jetstream: {}
        authorization: { users: [
            { user: bella, password: hay, permissions: { publish: { deny: "events.>" } } }
        ] }"#;
    let Some(server) = Server::configured(&NATS, &["-c", "config"], config) else { return };
    let nats = transport(&server.url_with("bella:hay@"));
    let began = Instant::now();
    assert_eq!(unavailable(&answer(&nats, "cow_fed").await), "permission");
    assert!(began.elapsed() < Duration::from_secs(5), "no acknowledgement is waited for");
}

#[tokio::test]
async fn an_address_leads_to_it() {
    let topic = Topic::default();
    assert_eq!(open("nats://barn", &topic).unwrap().destination(), "nats://barn:4222 events.{event_name}");
    assert_eq!(open("tls://u:p@barn:1", &topic).unwrap().destination(), "tls://barn:1 events.{event_name}");
}
