use std::collections::BTreeSet;
use std::sync::Arc;

use super::{lint, without_allowed};
use crate::check::check;
use crate::finding::Finding;
use crate::rule::{self, Category, Rule};
use crate::source::SourceFile;

/// The rules of style, less `not-formatted`, which `evt fmt --check` reports: it is about the layout.
fn rules_of_style() -> impl Iterator<Item = &'static Rule> {
    rule::all().filter(|rule| rule.category == Category::Style && rule.id != "not-formatted")
}

/// The findings about a text that nobody has to ask for, those of `lint` included; none is an error.
fn findings_of(text: &str) -> Vec<Finding> {
    let is_on = |finding: &Finding| finding.rule.default_severity().is_some();
    all_findings_of(text).into_iter().filter(is_on).collect()
}

/// The same, with those of one rule even if it is off.
fn findings_with(rule: &Rule, text: &str) -> Vec<Finding> {
    let is_on = |finding: &Finding| finding.rule.id == rule.id || finding.rule.default_severity().is_some();
    all_findings_of(text).into_iter().filter(is_on).collect()
}

fn all_findings_of(text: &str) -> Vec<Finding> {
    let file = Arc::new(SourceFile::new("events/cow.yaml", text.to_owned()));
    let (catalogue, mut findings) = check(vec![file], Vec::new());
    assert!(!findings.iter().any(Finding::is_error), "{findings:#?}");
    findings.extend(lint(&catalogue));
    findings
}

/// The findings about one rule, each as `path` or as the text that it is located at.
fn found(rule: &'static Rule, text: &str) -> Vec<String> {
    let of_rule = all_findings_of(text).into_iter().filter(|finding| finding.rule.id == rule.id);
    of_rule.map(|finding| finding.path.clone().unwrap_or_else(|| place(&finding))).collect()
}

fn place(finding: &Finding) -> String {
    let at = finding.location.as_ref().expect("every finding of lint has a place");
    at.file.slice(at.span).to_owned()
}

/// An event `cow_fed` with one payload field, and the named types `types`.
fn with_field(types: &str, name: &str, field_type: &str) -> String {
    let head = if types.is_empty() { String::new() } else { format!("types: {types}\n---\n") };
    format!(
        "{head}event_name: cow_fed\nevent_type: domain\ninputs: {{ cow: required }}\n\
         payload:\n  {name}: {{ from: cow.it, {field_type} }}\n"
    )
}

#[test]
fn a_bad_example_of_style_breaks_its_rule_and_no_other() {
    for rule in rules_of_style() {
        let broken: BTreeSet<_> =
            findings_with(rule, rule.bad).iter().map(|finding| finding.rule.id).collect();
        assert_eq!(broken, BTreeSet::from([rule.id]));
    }
}

#[test]
fn a_good_example_of_style_is_without_findings() {
    for rule in rules_of_style() {
        let findings = findings_with(rule, rule.good);
        assert!(findings.is_empty(), "{}: {findings:#?}", rule.id);
    }
}

#[test]
fn every_finding_has_a_place_a_label_and_a_help() {
    for rule in rules_of_style() {
        for finding in findings_with(rule, rule.bad) {
            assert!(
                finding.location.is_some() && finding.label.is_some() && finding.help.is_some(),
                "{finding:#?}"
            );
        }
    }
}

#[test]
fn each_event_of_a_family_is_told_apart_at_its_verb() {
    let text = "subjects: { export: { description: A file., owner: team-data } }\n---\n\
                lifecycle: [started, fail]\nsubject: export\nevent_type: product\n\
                on: { started: { description: It began. } }\n";
    assert_eq!(found(&rule::EVENT_DESCRIPTION_REQUIRED, text), ["fail"]);
    assert_eq!(found(&rule::EVENT_NAME_TENSE, text), ["fail"]);
    assert!(found(&rule::EVENT_OWNER_REQUIRED, text).is_empty());
}

#[test]
fn the_owner_of_the_subject_owns_the_event() {
    let text = |subject: &str| {
        format!(
            "subjects: {{ cow: {subject} }}\n---\nevent_name: cow_fed\nevent_type: domain\nsubject: cow\n"
        )
    };
    assert!(found(&rule::EVENT_OWNER_REQUIRED, &text("{ owner: team-barn }")).is_empty());
    assert_eq!(found(&rule::EVENT_OWNER_REQUIRED, &text("{ description: Ours. }")), ["cow_fed"]);
}

#[test]
fn a_subject_needs_a_description_and_an_event() {
    let text = "subjects: { cow: {}, milk: { description: What cows give. } }\n";
    assert_eq!(found(&rule::SUBJECT_DESCRIPTION_REQUIRED, text), ["cow"]);
    assert_eq!(found(&rule::SUBJECT_UNUSED, text), ["cow", "milk"]);
}

#[test]
fn a_type_is_used_wherever_an_event_carries_it() {
    for field_type in [
        "type: Tag",
        "type: list<map<Tag>>",
        "type: { object: { tag: { type: Tag } } }",
        "type: Herd",
        "type: OtherName",
        "type: { list: { type: OtherName, max_length: 3 } }",
    ] {
        let types =
            "{ Tag: string, Herd: { list: { object: { tag: { type: Tag } } } }, OtherName: { type: Tag } }";
        let unused = found(&rule::TYPE_UNUSED, &with_field(types, "it", field_type));
        assert!(!unused.contains(&"Tag".to_owned()), "{field_type}: {unused:?}");
    }
}

#[test]
fn a_type_that_only_unused_types_use_is_unused() {
    let text = with_field("{ Tag: string, Herd: list<Tag> }", "it", "type: int");
    assert_eq!(found(&rule::TYPE_UNUSED, &text), ["Tag", "Herd"]);
}

#[test]
fn every_unbounded_string_of_a_payload_is_found_by_its_path() {
    let fields = "type: { object: { tags: { type: list<string> }, names: { type: map<string> }, \
                  bounded: { type: string, max_length: 9 }, shaped: { type: string, pattern: '^a$' }, \
                  breed: { type: { enum: [angus] } }, list: { type: { list: { type: string, max_length: 9 } } } } }";
    let text = with_field("", "cow", fields);
    assert_eq!(found(&rule::STRING_UNBOUNDED, &text), ["cow.names{}", "cow.tags[]"]);
}

#[test]
fn what_is_wrong_with_a_field_is_told_at_the_field() {
    let text =
        with_field("", "weight", "type: { object: { name: { type: string }, height: { type: float } } }");
    let findings = findings_of(&text);
    let of_payload: Vec<_> = findings.iter().filter(|finding| finding.path.is_some()).collect();
    assert_eq!(of_payload.len(), 2, "{findings:#?}");
    assert!(of_payload.iter().all(|finding| place(finding) == "weight"));
}

#[test]
fn a_field_that_a_family_shares_is_told_once() {
    let text = "subjects: { export: { description: A file., owner: team-data } }\n---\n\
                lifecycle: [started, completed, failed]\nsubject: export\nevent_type: product\n\
                inputs: { export: required }\npayload: { format: { type: string, from: export.format } }\n\
                on: { failed: { payload: { note: { type: string, from: export.note } } } }\n";
    assert_eq!(found(&rule::STRING_UNBOUNDED, text), ["format", "note"]);
}

#[test]
fn a_string_is_bounded_by_its_named_type() {
    let text =
        |bound: &str| with_field(&format!("{{ Name: {{ type: string{bound} }} }}"), "name", "type: Name");
    assert!(found(&rule::STRING_UNBOUNDED, &text(", max_length: 80")).is_empty());
    assert_eq!(found(&rule::STRING_UNBOUNDED, &text("")), ["name"]);
}

#[test]
fn a_measure_needs_a_unit() {
    let unit =
        |name: &str, field_type: &str| found(&rule::FIELD_UNIT_REQUIRED, &with_field("", name, field_type));
    assert_eq!(unit("net_weight", "type: decimal"), ["net_weight"]);
    assert_eq!(unit("widths", "type: list<int>"), ["widths"]);
    assert_eq!(unit("box", "type: { object: { height: { type: float } } }"), ["box.height"]);
    for (name, field_type) in [
        ("weight", "type: float, unit: kg"),
        ("weights", "type: { list: { type: float, unit: kg } }"),
        ("weight", "type: string"),
        ("weight_kg", "type: float"),
        ("weight_class", "type: int"),
        ("count", "type: int"),
    ] {
        assert!(unit(name, field_type).is_empty(), "{name}: {field_type}");
    }
}

#[test]
fn findings_are_sorted_by_place() {
    let text = "subjects: { milk: {}, cow: {} }\n---\nevent_name: feed_cow\nevent_type: domain\n";
    let findings = findings_of(text);
    let starts: Vec<_> =
        findings.iter().filter_map(|finding| finding.location.as_ref().map(|at| at.span.start())).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert_eq!(starts.len(), 7);
}

#[test]
fn what_is_called_like_personal_data_says_whether_it_is() {
    let unsaid = |name: &str, field_type: &str| {
        found(
            &rule::PII_UNCLASSIFIED,
            &with_field("{ Email: { type: string, pii: true } }", name, field_type),
        )
    };
    for name in [
        "email",
        "billing_email",
        "emails",
        "phone_number",
        "first_name",
        "customer_name",
        "iban",
        "client_ip",
        "date_of_birth",
        "birthday",
        "home_address",
        "addresses",
        "ssn",
    ] {
        assert_eq!(unsaid(name, "type: string"), [name]);
        assert!(unsaid(name, "type: string, pii: true").is_empty(), "{name}");
        assert!(unsaid(name, "type: string, pii: false").is_empty(), "{name}");
        assert!(unsaid(name, "type: Email").is_empty(), "{name}");
        assert!(unsaid(name, "type: bool").is_empty(), "{name}");
    }
    for name in [
        "name",
        "product_name",
        "email_count",
        "mac_address",
        "ship",
        "trip",
        "zip",
        "microphone",
        "stall_name",
    ] {
        assert!(unsaid(name, "type: string").is_empty(), "{name}");
    }
    assert_eq!(unsaid("email", "type: list<string>"), ["email"]);
    assert_eq!(unsaid("box", "type: { object: { email: { type: string } } }"), ["box.email"]);
}

#[test]
fn an_object_of_personal_data_is_told_once_or_not_at_all() {
    let unsaid = |field_type: &str| found(&rule::PII_UNCLASSIFIED, &with_field("", "address", field_type));
    let object = "{ object: { street: { type: string }, town: { type: string } } }";
    assert_eq!(unsaid(&format!("type: {object}")), ["address"]);
    assert!(unsaid(&format!("type: {object}, pii: true")).is_empty());
    let marked = object.replace("street: { type: string }", "street: { type: string, pii: true }");
    assert!(unsaid(&format!("type: {marked}")).is_empty());
}

#[test]
fn the_name_of_a_person_is_known_by_where_it_is_read_from() {
    let text = |input: &str| {
        format!(
            "event_name: cow_fed\nevent_type: domain\ninputs: {{ {input}: required }}\npayload:\n  \
             name: {{ type: string, from: {input}.name }}\n"
        )
    };
    assert_eq!(found(&rule::PII_UNCLASSIFIED, &text("customer")), ["name"]);
    assert!(found(&rule::PII_UNCLASSIFIED, &text("cow")).is_empty());
}

#[test]
fn lists_and_maps_are_bounded_at_every_depth() {
    let unbounded = |field_type: &str| found(&rule::COLLECTION_UNBOUNDED, &with_field("", "it", field_type));
    assert_eq!(unbounded("type: list<map<int>>"), ["it[]", "it"]);
    assert_eq!(unbounded("type: list<map<int>>, max_length: 3"), ["it[]"]);
    assert_eq!(unbounded("type: { object: { tags: { type: list<int> } } }"), ["it.tags"]);
    assert!(unbounded("type: { list: { type: map<int>, max_length: 3 } }, max_length: 3").is_empty());
}

#[test]
fn a_closed_enum_of_one_value_is_told() {
    let single = |field_type: &str| found(&rule::ENUM_SINGLE_VALUE, &with_field("", "it", field_type));
    assert_eq!(single("type: { enum: [a] }"), ["it"]);
    assert_eq!(single("type: { list: { enum: [a] } }"), ["it[]"]);
    assert!(
        single("type: { enum: [a], open: true }").is_empty() && single("type: { enum: [a, b] }").is_empty()
    );
}

#[test]
fn money_has_a_currency_beside_it_or_around_it() {
    let without = |name: &str, field_type: &str| {
        found(&rule::MONEY_CURRENCY_REQUIRED, &with_field("", name, field_type))
    };
    assert_eq!(without("unit_price", "type: decimal"), ["unit_price"]);
    assert!(without("price", "type: decimal, unit: eur").is_empty());
    assert!(without("price", "type: int").is_empty() && without("price_group", "type: decimal").is_empty());
    let money = "type: { object: { amount: { type: decimal }, currency: { type: { enum: [eur, usd] } } } }";
    assert!(without("price", money).is_empty());
    let lines = "type: { object: { price_currency: { type: { enum: [eur, usd] } }, lines: { type: \
                 { list: { object: { price: { type: decimal } } } } } } }";
    assert!(without("order", lines).is_empty());
}

/// Two events of the aggregate `Cow`, with more keys of each.
fn two_events(first: &str, second: &str) -> String {
    let event = |name: &str, keys: &str| {
        format!(
            "event_name: {name}\nevent_type: domain\ninputs: {{ cow: required }}\n\
             aggregate: {{ type: Cow, id: cow.id }}\n{keys}\n"
        )
    };
    format!("{}---\n{}", event("cow_fed", first), event("cow_milked", second))
}

#[test]
fn events_of_one_aggregate_are_ordered_alike() {
    let loose = |first: &str, second: &str| found(&rule::ORDERING_MIXED, &two_events(first, second));
    assert_eq!(loose("", "ordering: strict"), ["cow_fed"]);
    assert_eq!(loose("ordering: strict", ""), ["cow_milked"]);
    assert!(loose("", "").is_empty() && loose("ordering: strict", "ordering: strict").is_empty());
    assert!(loose("partition_key: cow.herd", "ordering: strict").is_empty());
    assert!(loose("process_type: telemetry", "ordering: strict").is_empty());
}

#[test]
fn an_id_has_the_type_that_most_events_give_it() {
    let payload = |name: &str, kind: &str| format!("payload: {{ {name}: {{ type: {kind}, from: cow.id }} }}");
    let mixed = |a: &str, b: &str| found(&rule::ID_TYPE_MIXED, &two_events(a, b));
    let string = payload("cow_id", "string");
    assert_eq!(mixed(&string, &payload("cow_id", "uuid")), ["cow_id"]);
    assert!(mixed(&string, &string).is_empty());
    let other = payload("request_id", "uuid");
    assert!(mixed(&payload("request_id", "string"), &other).is_empty());
}

#[test]
fn names_that_tell_the_kind_of_a_value_are_asked_for() {
    let wrong = |rule: &'static Rule, name: &str, kind: &str| {
        !found(rule, &with_field("", name, &format!("type: {kind}"))).is_empty()
    };
    assert!(wrong(&rule::TIMESTAMP_NAME, "paid", "timestamp") && wrong(&rule::DATE_NAME, "due", "date"));
    assert!(wrong(&rule::BOOLEAN_NAME, "paid", "bool"));
    for (name, kind) in
        [("paid_at", "timestamp"), ("due_on", "date"), ("due_date", "date"), ("is_paid", "bool")]
    {
        assert!(
            findings_of(&with_field("", name, &format!("type: {kind}"))).iter().all(|it| it.path.is_none())
        );
        for rule in [&rule::TIMESTAMP_NAME, &rule::DATE_NAME, &rule::BOOLEAN_NAME] {
            assert!(!wrong(rule, name, kind), "{name}: {}", rule.id);
        }
    }
}

#[test]
fn an_event_can_be_excused_from_a_rule_for_a_while() {
    let text = with_field("", "email", "type: string, max_length: 9");
    let allow = "allow: [{ rule: pii-unclassified, reason: a shared mailbox, until: 2027-01-31 }]\n";
    let file = Arc::new(SourceFile::new("events/cow.yaml", format!("{text}{allow}")));
    let (catalogue, _) = check(vec![file], Vec::new());
    let told = |day: jiff::civil::Date| {
        let findings = without_allowed(lint(&catalogue), &catalogue, day);
        findings.iter().any(|finding| finding.rule.id == rule::PII_UNCLASSIFIED.id)
    };
    assert!(!told(jiff::civil::date(2027, 1, 31)));
    assert!(told(jiff::civil::date(2027, 2, 1)));
}
