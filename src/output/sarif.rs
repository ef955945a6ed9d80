//! SARIF 2.1.0 (OASIS): what code scanning of GitHub, Azure and editors read.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::document::{Document, Place, subject, told, why};
use crate::export::{encoded, is_unreserved};
use crate::finding::Finding;
use crate::rule::{Rule, Severity};
use crate::visible::visible_json;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The root of the repository, which places are told from.
const ROOT: &str = "%SRCROOT%";

pub(super) fn document(document: &Document<'_>) -> String {
    let rules = rules(document.findings);
    let named = document.findings.iter().zip(document.identities());
    let results: Vec<_> =
        named.map(|(finding, identity)| result(document, finding, &identity, &rules)).collect();
    let mut log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "evt",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|(_, rule)| described(rule)).collect::<Vec<_>>(),
            }},
            "invocations": [{ "commandLine": format!("evt {}", document.command),
                "executionSuccessful": document.status != "error" }],
            "columnKind": "unicodeCodePoints",
        }],
    });
    // Moved: `json!` would copy them.
    log["runs"][0]["results"] = Value::Array(results);
    let mut text = serde_json::to_string_pretty(&log).expect("a log holds only text and numbers");
    text.push('\n');
    visible_json(&text)
}

/// The rules that were broken by id, with their places in the list.
fn rules(findings: &[Finding]) -> BTreeMap<&'static str, (usize, &'static Rule)> {
    let mut rules: BTreeMap<_, _> =
        findings.iter().map(|finding| (finding.rule.id, (0, finding.rule))).collect();
    for (at, (place, _)) in rules.values_mut().enumerate() {
        *place = at;
    }
    rules
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.id.replace('-', " ") },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("evt explain {}", rule.id) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.category.to_string()] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info => "note",
    }
}

fn result(
    document: &Document<'_>,
    finding: &Finding,
    identity: &str,
    rules: &BTreeMap<&str, (usize, &Rule)>,
) -> Value {
    let mut location = physical(&document.place(finding));
    if let Some(subject) = subject(finding) {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": subject, "kind": "object" }]);
    }
    let related = finding.related.iter().map(|other| {
        let mut location = physical(&document.at(&other.location));
        location["message"] = json!({ "text": other.label });
        location
    });
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rules.get(finding.rule.id).map(|(at, _)| at),
        "level": level(finding.severity),
        "message": { "text": told(finding) },
        "partialFingerprints": { "evt/v1": identity },
        "properties": properties(finding),
    });
    result["locations"] = Value::Array(vec![location]);
    let related: Vec<_> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn properties(finding: &Finding) -> Value {
    let mut properties = Map::new();
    properties.insert("why".to_owned(), json!(why(finding)));
    let texts = [("event", &finding.event), ("path", &finding.path), ("help", &finding.help)];
    for (key, text) in texts {
        if let Some(text) = text {
            properties.insert(key.to_owned(), json!(text));
        }
    }
    for (key, number) in [("fromVersion", finding.from_version), ("toVersion", finding.to_version)] {
        if let Some(number) = number {
            properties.insert(key.to_owned(), json!(number));
        }
    }
    if let Some(witness) = &finding.witness {
        properties.insert("witness".to_owned(), witness.clone());
    }
    Value::Object(properties)
}

fn physical(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": encoded(&place.file, |byte| is_unreserved(byte) || byte == b'/'), "uriBaseId": ROOT },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    }})
}
