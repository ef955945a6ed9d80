//! Metrics as text: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.

use std::fmt::Write as _;
use std::time::Duration;

use super::counts::Counts;
use super::histogram::Seen;

/// A relay's numbers at one time.
#[derive(Debug)]
pub(super) struct Sample {
    labels: String,
    counts: Counts,
    /// How old the oldest row is that waits; nothing where nobody knows.
    oldest: Option<Duration>,
}

/// Series of one name.
struct Family {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: fn(&Sample) -> Option<Value>,
}

enum Value {
    Whole(u64),
    Real(f64),
    Distribution(Seen),
}

const FAMILIES: [Family; 11] = [
    Family {
        name: "evt_relay_published_total",
        kind: "counter",
        help: "Events that the destination took.",
        value: |sample| Some(Value::Whole(sample.counts.published())),
    },
    Family {
        name: "evt_relay_retried_total",
        kind: "counter",
        help: "Attempts that the destination refused and that are made again.",
        value: |sample| Some(Value::Whole(sample.counts.retried())),
    },
    Family {
        name: "evt_relay_dead_letters_total",
        kind: "counter",
        help: "Events that became dead letters.",
        value: |sample| Some(Value::Whole(sample.counts.dead())),
    },
    Family {
        name: "evt_relay_duplicates_total",
        kind: "counter",
        help: "Answers of the destination that it had an event before.",
        value: |sample| Some(Value::Whole(sample.counts.duplicates())),
    },
    Family {
        name: "evt_relay_takeovers_total",
        kind: "counter",
        help: "Lanes that were taken over from relays that had ended disorderly.",
        value: |sample| Some(Value::Whole(sample.counts.takeovers())),
    },
    Family {
        name: "evt_relay_lanes",
        kind: "gauge",
        help: "Lanes that the relay has; 0 where it stands by.",
        value: |sample| Some(Value::Whole(sample.counts.lanes())),
    },
    Family {
        name: "evt_relay_in_hand",
        kind: "gauge",
        help: "Events that are handed over and not yet written down as answered.",
        value: |sample| Some(Value::Whole(sample.counts.in_hand())),
    },
    Family {
        name: "evt_relay_breaker_open",
        kind: "gauge",
        help: "1 where the destination does not take events, so that nothing but a probe is handed over.",
        value: |sample| Some(Value::Whole(u64::from(sample.counts.is_broker_down()))),
    },
    Family {
        name: "evt_relay_database_up",
        kind: "gauge",
        help: "1 where the database has answered the relay lately.",
        value: |sample| Some(Value::Whole(u64::from(!sample.counts.is_database_down()))),
    },
    Family {
        name: "evt_relay_oldest_pending_age_seconds",
        kind: "gauge",
        help: "How long the oldest event of the route that is not published has been in the outbox; 0 where there is none.",
        value: |sample| sample.oldest.map(|age| Value::Real(age.as_secs_f64())),
    },
    Family {
        name: "evt_relay_batch_seconds",
        kind: "histogram",
        help: "How long it takes until the last event of those that were handed over together is answered.",
        value: |sample| Some(Value::Distribution(sample.counts.numbers().batches.seen())),
    },
];

impl Sample {
    pub(super) fn new(counts: &Counts, route: &str, table: &str, oldest: Option<Duration>) -> Self {
        let labels = format!("{},{}", label("route", route), label("table", table));
        Self { labels, counts: counts.clone(), oldest }
    }
}

/// The text about relays.
pub(super) fn text(samples: &[Sample]) -> String {
    let mut text = String::with_capacity(4_096);
    let version = label("version", env!("CARGO_PKG_VERSION"));
    head(&mut text, "evt_relay_build_info", "gauge", "1, under the version of evt-runtime.");
    line(&mut text, "evt_relay_build_info", &version, 1);
    for family in &FAMILIES {
        let seen = samples.iter().filter_map(|sample| Some((sample, (family.value)(sample)?)));
        let seen: Vec<_> = seen.collect();
        if !seen.is_empty() {
            head(&mut text, family.name, family.kind, family.help);
        }
        for (sample, value) in seen {
            value.write(&mut text, family.name, &sample.labels);
        }
    }
    text
}

impl Value {
    fn write(self, text: &mut String, name: &str, labels: &str) {
        match self {
            Self::Whole(value) => line(text, name, labels, value),
            Self::Real(value) => line(text, name, labels, value),
            Self::Distribution(seen) => {
                let bucket = format!("{name}_bucket");
                for (bound, count) in seen.up_to {
                    line(text, &bucket, &format!("{labels},le=\"{bound}\""), count);
                }
                line(text, &bucket, &format!("{labels},le=\"+Inf\""), seen.count);
                line(text, &format!("{name}_sum"), labels, seen.sum);
                line(text, &format!("{name}_count"), labels, seen.count);
            }
        }
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n").expect("a string takes what is written");
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    writeln!(text, "{name}{{{labels}}} {value}").expect("a string takes what is written");
}

fn label(name: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("{name}=\"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_label_holds_cannot_leave_it() {
        assert_eq!(label("table", "a\"b\\c\nd"), r#"table="a\"b\\c\nd""#);
    }

    #[test]
    fn series_of_one_name_stand_together() {
        let sample = |route| Sample::new(&Counts::default(), route, "evt_outbox", None);
        let text = text(&[sample("broker"), sample("durable")]);
        let published: Vec<_> =
            text.lines().filter(|line| line.contains("evt_relay_published_total")).collect();
        let expected = [
            "# HELP evt_relay_published_total Events that the destination took.",
            "# TYPE evt_relay_published_total counter",
            "evt_relay_published_total{route=\"broker\",table=\"evt_outbox\"} 0",
            "evt_relay_published_total{route=\"durable\",table=\"evt_outbox\"} 0",
        ];
        assert_eq!(published, expected);
    }

    #[test]
    fn an_age_that_nobody_knows_is_left_out() {
        let of = |oldest| text(&[Sample::new(&Counts::default(), "broker", "evt_outbox", oldest)]);
        assert!(!of(None).contains("oldest_pending"));
        let known = of(Some(Duration::from_millis(1_500)));
        let line = "evt_relay_oldest_pending_age_seconds{route=\"broker\",table=\"evt_outbox\"} 1.5\n";
        assert!(known.contains(line), "{known}");
    }
}
