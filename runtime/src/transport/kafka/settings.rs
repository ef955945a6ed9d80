//! What librdkafka is told: <https://github.com/confluentinc/librdkafka/blob/v2.12.1/CONFIGURATION.md>.

use rdkafka::ClientConfig;

use super::cluster::Cluster;
use super::trust;

/// How many records a request may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Batches {
    Many,
    /// One: an answer is about that record alone.
    Single,
}

/// See the module.
#[derive(Clone)]
pub(super) struct Settings {
    config: ClientConfig,
    is_secret: bool,
}

/// Times are in milliseconds, and all of them end before a delivery does: a broker has 4 s for its replicas, an answer 5 s,
/// and what is not acknowledged after 9.5 s is sent no more.
const ALWAYS: [(&str, &str); 15] = [
    ("client.id", "evt"),
    ("enable.idempotence", "true"),
    ("acks", "all"),
    ("message.timeout.ms", "9500"),
    ("request.timeout.ms", "4000"),
    ("socket.timeout.ms", "5000"),
    ("socket.connection.setup.timeout.ms", "5000"),
    ("socket.keepalive.enable", "true"),
    // How long a topic may take to appear that brokers make when they are first asked for it.
    ("topic.metadata.propagation.max.ms", "3000"),
    ("linger.ms", "0"),
    // As clients in Java do.
    ("partitioner", "murmur2_random"),
    // More than any payload, less than what a broker ends the connection over: it is for brokers to say what is too large.
    ("message.max.bytes", "33554432"),
    ("reconnect.backoff.max.ms", "1000"),
    ("log.connection.close", "false"),
    ("enable.metrics.push", "false"),
];

impl Settings {
    pub(super) fn new(cluster: &Cluster, batches: Batches) -> Self {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", cluster.hosts());
        for (name, value) in ALWAYS {
            config.set(name, value);
        }
        match batches {
            Batches::Many => config.set("enable.gapless.guarantee", "true"),
            // There is nothing behind a record that fails.
            Batches::Single => config.set("batch.num.messages", "1"),
        };
        let is_secret = cluster.is_secret();
        config.set("security.protocol", protocol(is_secret, cluster.login.is_some()));
        if let Some(login) = &cluster.login {
            config.set("sasl.mechanism", login.mechanism);
            config.set("sasl.username", &login.user).set("sasl.password", &login.password);
        }
        Self { config, is_secret }
    }

    /// All of them. Certificates are read from the disk.
    pub(super) fn complete(mut self) -> ClientConfig {
        if let Some(trusted) = self.is_secret.then(trust::certificates).flatten() {
            self.config.set("ssl.ca.pem", trusted);
        }
        self.config
    }
}

fn protocol(is_secret: bool, has_login: bool) -> &'static str {
    match (is_secret, has_login) {
        (false, false) => "plaintext",
        (false, true) => "sasl_plaintext",
        (true, false) => "ssl",
        (true, true) => "sasl_ssl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(url: &str, batches: Batches) -> ClientConfig {
        Settings::new(&Cluster::parse(url).unwrap(), batches).complete()
    }

    #[test]
    fn many_records_go_without_gaps_and_a_single_one_alone() {
        let (many, single) = (config("kafka://barn", Batches::Many), config("kafka://barn", Batches::Single));
        for (name, of_many, of_single) in [
            ("enable.idempotence", Some("true"), Some("true")),
            ("enable.gapless.guarantee", Some("true"), None),
            ("batch.num.messages", None, Some("1")),
            ("acks", Some("all"), Some("all")),
        ] {
            assert_eq!((many.get(name), single.get(name)), (of_many, of_single), "{name}");
        }
    }

    #[test]
    fn librdkafka_takes_all_of_them() {
        for (url, protocol) in [
            ("kafka://barn", "plaintext"),
            ("kafka://u:p@barn", "sasl_plaintext"),
            ("kafkas://barn", "ssl"),
            ("kafkas://u:p@barn?sasl.mechanism=SCRAM-SHA-512", "sasl_ssl"),
        ] {
            let config = config(url, Batches::Many);
            assert_eq!(config.get("security.protocol"), Some(protocol));
            assert!(config.create_native_config().is_ok(), "{url}");
            assert!(!format!("{config:?}").contains(r#""p""#), "{config:?}");
        }
    }
}
