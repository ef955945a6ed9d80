//! Readers of every format that know nothing of how `evt` writes it.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::Document;

fn document(findings: impl IntoIterator<Item = (String, String)>) -> Document {
    let (rules, places) = findings.into_iter().unzip();
    Document { rules, places }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text")).to_owned()
}

pub(super) fn json(text_of: &str) -> Document {
    let report: Value = serde_json::from_str(text_of).expect("it is JSON");
    let findings = report["findings"].as_array().expect("a list").iter();
    document(findings.map(|finding| {
        let place = &finding["location"];
        let place = format!("{}:{}", text(&place["file"]), place["line"]);
        (text(&finding["rule"]), place)
    }))
}

/// As the runner of GitHub Actions reads a log: lines that begin with `::`.
pub(super) fn github(log: &str) -> Document {
    document(log.lines().filter(|line| line.trim_start().starts_with("::")).map(|line| {
        let (command, data) = line[2..].split_once("::").expect("a command ends with `::`");
        let (level, properties) = command.split_once(' ').expect("a level and its properties");
        assert!(["error", "warning", "notice"].contains(&level), "{line}");
        assert!(!decoded(data).is_empty(), "{line}");
        let property = |name: &str| {
            let found = properties.split(',').find_map(|one| one.strip_prefix(&format!("{name}=")));
            decoded(found.unwrap_or_else(|| panic!("{name} in {line}")))
        };
        let title = property("title");
        let rule = title.split(' ').next().unwrap_or_default().to_owned();
        (rule, format!("{}:{}", property("file"), property("line")))
    }))
}

fn decoded(text: &str) -> String {
    let pairs = [("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What GitLab's documentation demands of an issue.
pub(super) fn gitlab(report: &str) -> Document {
    let report: Value = serde_json::from_str(report).expect("it is JSON");
    document(report.as_array().expect("a list").iter().map(|issue| {
        assert!(!text(&issue["description"]).is_empty());
        assert_eq!(text(&issue["fingerprint"]).len(), 64);
        let severities = ["info", "minor", "major", "critical", "blocker"];
        assert!(severities.contains(&text(&issue["severity"]).as_str()), "{issue}");
        let location = &issue["location"];
        let place = format!("{}:{}", text(&location["path"]), location["lines"]["begin"]);
        (text(&issue["check_name"]), place)
    }))
}

/// As consumers of `JUnit` read its XML: cases, of which some fail.
pub(super) fn junit(xml: &str) -> Document {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut counts, mut seen) = (Vec::new(), None, 0);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{xml}")) {
            Event::Start(element) | Event::Empty(element) => {
                let attribute = |name: &str| {
                    let value = element.try_get_attribute(name).expect("attributes are well-formed")?;
                    let value = value.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                    Some(value.expect("attributes are well-formed").into_owned())
                };
                match element.name().as_ref() {
                    b"testsuite" => counts = attribute("tests").map(|count| count.parse::<usize>()),
                    b"testcase" => {
                        seen += 1;
                        let name = attribute("name").expect("a case has a name");
                        assert!(attribute("classname").is_some(), "{name}");
                        if name != "no findings" {
                            found.push(of_case(&name));
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(counts, Some(Ok(seen)));
    document(found)
}

/// `rule subject (file:line:column)`.
fn of_case(name: &str) -> (String, String) {
    let (rule, rest) = name.split_once(' ').expect("a rule and a place");
    let (_, place) = rest.rsplit_once('(').expect("a place");
    let (place, _) = place.rsplit_once(':').expect("a column");
    (rule.to_owned(), place.to_owned())
}

/// Everything in it is known to SARIF's schema, by its types and names.
pub(super) fn sarif(log: &str) -> Document {
    let value: Value = serde_json::from_str(log).expect("it is JSON");
    let known: serde_sarif::sarif::Sarif = serde_json::from_value(value.clone()).expect("it is SARIF");
    assert_eq!(serde_json::to_value(known).expect("it can be written"), value);
    let run = &value["runs"][0];
    document(run["results"].as_array().expect("a list").iter().map(|result| {
        let rule = text(&result["ruleId"]);
        let of_index =
            run["tool"]["driver"]["rules"].pointer(&format!("/{}", result["ruleIndex"])).expect("a rule");
        assert_eq!(of_index["id"], rule.as_str());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = text(&place["artifactLocation"]["uri"]);
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        (rule, format!("{}:{}", from_uri(&uri), place["region"]["startLine"]))
    }))
}

fn from_uri(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next().expect("two digits")).to_digit(16).expect("a digit");
        bytes.push(if byte == b'%' { u8::try_from(digit() * 16 + digit()).expect("a byte") } else { byte });
    }
    String::from_utf8(bytes).expect("paths are UTF-8")
}

/// Headings with a rule, and below each a place.
pub(super) fn markdown(comment: &str) -> Document {
    assert!(comment.starts_with("## evt "), "{comment}");
    let mut lines = comment.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some(heading) = line.strip_prefix("### ") else { continue };
        let rule = heading.split('`').nth(1).expect("a rule").to_owned();
        let place = lines.nth(1).expect("a place").trim_matches('`');
        let (place, _) = place.rsplit_once(':').expect("a column");
        found.push((rule, place.to_owned()));
    }
    document(found)
}
