//! A reader of the text format that Prometheus scrapes, as strict as its description:
//! <https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details>.

use std::collections::BTreeMap;

/// What a scrape gave.
#[derive(Debug, Default)]
pub(crate) struct Scrape {
    /// The type of each metric, by its name.
    pub(crate) types: BTreeMap<String, String>,
    /// Values by name and labels, sorted: `name{a="1",b="2"}`.
    series: BTreeMap<String, f64>,
}

impl Scrape {
    /// Reads a text. What breaks the format is a panic.
    #[track_caller]
    pub(crate) fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends with a line feed:\n{text}");
        let (mut scrape, mut last, mut helped) = (Self::default(), String::new(), Vec::new());
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, help) = help.split_once(' ').expect("a help has a text");
                assert!(!help.is_empty() && !helped.contains(&name), "{line}");
                helped.push(name);
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').expect("a type has a word");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert_eq!(helped.last(), Some(&name), "{line} stands behind its help");
                assert!(
                    scrape.types.insert(name.to_owned(), kind.to_owned()).is_none(),
                    "{line} stands once"
                );
                name.clone_into(&mut last);
            } else {
                let (series, value) = series(line);
                let name = scrape.metric(&series);
                assert_eq!(name, last, "series of a metric stand together, behind its type: {line}");
                assert!(scrape.series.insert(series, value).is_none(), "{line} stands once");
            }
        }
        scrape.check();
        scrape
    }

    /// The one series of a name.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> f64 {
        let found: Vec<_> = self.all(name).collect();
        let [(_, value)] = found[..] else { panic!("`{name}` is there once: {self:?}") };
        value
    }

    /// Whether the one series of a name has this value.
    #[track_caller]
    pub(crate) fn says(&self, name: &str, value: u32) -> bool {
        (self.value(name) - f64::from(value)).abs() < f64::EPSILON
    }

    /// The series of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = (&str, f64)> {
        let is_it = move |series: &&String| series.split('{').next() == Some(name);
        self.series.keys().filter(is_it).map(|series| (series.as_str(), self.series[series]))
    }

    /// The name of the metric that a series belongs to.
    fn metric(&self, series: &str) -> String {
        let name = series.split('{').next().expect("a text has a beginning");
        let of_histogram = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
        let is_histogram = |name: &&str| self.types.get(*name).is_some_and(|kind| kind == "histogram");
        of_histogram.filter(is_histogram).unwrap_or(name).to_owned()
    }

    fn check(&self) {
        for (name, kind) in &self.types {
            assert_eq!(kind == "counter", name.ends_with("_total"), "{name} is a {kind}");
            if kind == "histogram" {
                self.check_histogram(name);
            }
        }
        for (series, value) in &self.series {
            assert!(value.is_finite() && *value >= 0.0, "{series} {value}");
        }
    }

    fn check_histogram(&self, name: &str) {
        let mut by_labels: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        for (series, count) in self.all(&format!("{name}_bucket")) {
            let labels = &series[name.len() + "_bucket".len()..];
            let (rest, bound) = labels.split_once("le=\"").expect("a bucket has a bound");
            let (bound, behind) = bound.split_once('"').expect("a value ends");
            let bound = if bound == "+Inf" { f64::INFINITY } else { bound.parse().expect("a number") };
            let labels = format!("{rest}{behind}").replace("{,", "{");
            by_labels.entry(labels).or_default().push((bound, count));
        }
        assert!(!by_labels.is_empty(), "{name} has buckets");
        for (labels, mut buckets) in by_labels {
            buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
            assert!(
                buckets.is_sorted_by(|one, other| one.1 <= other.1),
                "{name}{labels} adds up: {buckets:?}"
            );
            let last = buckets.last().expect("it has buckets");
            assert_eq!(Some(&last.1), self.series.get(&format!("{name}_count{labels}")), "{name}{labels}");
            assert!(
                last.0.is_infinite() && self.series.contains_key(&format!("{name}_sum{labels}")),
                "{name}"
            );
        }
    }
}

/// A line of a value: the series with its labels sorted, and the value.
fn series(line: &str) -> (String, f64) {
    let (name, rest) = line.split_at(line.find(['{', ' ']).expect("a line has a value"));
    assert!(is_name(name), "{line}");
    let (labels, value) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest),
        None => (Vec::new(), rest),
    };
    let value = value.strip_prefix(' ').expect("a space stands before a value");
    (format!("{name}{{{}}}", labels.join(",")), value.parse().unwrap_or_else(|_| panic!("no number: {line}")))
}

/// The labels up to the closing brace, sorted, and what stands behind it.
fn labels(mut rest: &str) -> (Vec<String>, &str) {
    let mut labels = Vec::new();
    loop {
        let (name, value) = rest.split_once("=\"").expect("a label has a value");
        assert!(is_name(name) && !name.contains(':'), "{name}");
        let end = end(value);
        labels.push(format!("{name}=\"{}\"", &value[..end]));
        rest = &value[end + 1..];
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => break,
        }
    }
    labels.sort();
    (labels, rest.strip_prefix('}').expect("labels end with a brace"))
}

/// Where the value of a label ends.
fn end(value: &str) -> usize {
    let mut signs = value.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return at,
            '\\' => {
                let escaped = signs.next().map(|(_, sign)| sign);
                assert!(matches!(escaped, Some('\\' | '"' | 'n')), "{value}");
            }
            _ => {}
        }
    }
    panic!("the value of a label ends: {value}");
}

fn is_name(name: &str) -> bool {
    let is_first = |sign: char| sign.is_ascii_alphabetic() || sign == '_' || sign == ':';
    name.starts_with(is_first) && name.chars().all(|sign| is_first(sign) || sign.is_ascii_digit())
}
