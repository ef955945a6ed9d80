//! Who is let in, and what is told of that.

use evt_runtime::relay::{Outcome, Transport};
use evt_runtime::transport::conformance::check;
use evt_runtime::transport::{Kafka, Topic};

use super::cluster::{Cluster, Seen};
use super::front::Front;
use crate::heard::Ear;
use crate::secured::{acceptor, certified, is_a_matter_of_trust};
use crate::sent::{answer, unavailable};

fn transport(url: &str) -> Kafka {
    Kafka::new(url, Topic::default()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_login_it_keeps_what_a_relay_builds_on() {
    let cluster = Cluster::of(1, "cow_fed");
    let front = Front::locked(&cluster, "\0bella\0hunter2").await;
    let mut reader = cluster.reader();
    let arrived = async || reader.all().into_iter().map(Seen::arrival).collect();
    check(&transport(&front.url("kafka", "bella:hunter2@")), &["hunter2"], arrived).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_told_without_it() {
    let cluster = Cluster::new(1);
    let front = Front::locked(&cluster, "\0bella\0h%y").await;
    let right = transport(&front.url("kafka", "bella:h%25y@"));
    assert_eq!(cluster.answer(&right).await, Outcome::Accepted);
    assert_eq!(front.said.lock().unwrap()[..2], ["PLAIN", "\0bella\0h%y"]);

    let log = Ear::new("hunter2");
    let wrong = transport(&front.url("kafka", "bella:hunter2@"));
    let outcome = cluster.answer(&wrong).await;
    assert_eq!(unavailable(&outcome), "auth");
    assert!(!format!("{outcome:?} {}", wrong.destination()).contains("hunter2"), "{outcome:?}");
    assert_eq!(log.heard(), <[String; 0]>::default());
}

/// It comes with OpenSSL: without that, there would be no such mechanism.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scram_is_there() {
    let cluster = Cluster::new(1);
    for mechanism in ["SCRAM-SHA-256", "SCRAM-SHA-512"] {
        let front = Front::locked(&cluster, "").await;
        let url = format!("{}?sasl.mechanism={mechanism}", front.url("kafka", "bella:hunter2@"));
        assert_eq!(unavailable(&answer(&transport(&url), "cow_fed").await), "auth");
        let said = front.said.lock().unwrap().clone();
        assert_eq!(said[0], mechanism);
        assert!(said[1].starts_with("n,,n=bella,r="), "{said:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kafka_with_tls_must_be_trusted() {
    let (cluster, certified) = (Cluster::new(1), certified());
    let front = Front::secret(&cluster, acceptor(&certified)).await;
    is_a_matter_of_trust(front.url("kafkas", ""), certified).await;
}
