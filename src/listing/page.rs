use super::columns::aligned;
use super::marks;
use crate::event::{Acceptance, Aggregate, Allowance, Deprecation, InputNotes, Metadata};
use crate::outline::{Place, outline};
use crate::schema::{Version, entry_text};
use crate::visible::{visible, visible_json};

/// One version as its entry in the schema file.
#[must_use]
pub fn page_json(version: &Version) -> String {
    const INDENT_IN_FILE: &str = "\n    ";
    format!("{}\n", visible_json(&entry_text(version)).replace(INDENT_IN_FILE, "\n"))
}

/// All that is known about one version, for people. `latest` is the number of the event's latest version.
#[must_use]
pub fn page_text(version: &Version, latest: u32) -> String {
    let mut out = heading(version, latest);
    section(&mut out, "", &facts(version));
    section(&mut out, "inputs", &inputs(version));
    section(&mut out, "payload", &payload(version));
    out
}

fn heading(version: &Version, latest: u32) -> String {
    let mut notes = marks(version);
    if version.number < latest {
        notes.insert(0, format!("latest is {latest}"));
    }
    let notes = if notes.is_empty() { String::new() } else { format!("  ({})", notes.join(", ")) };
    format!("{}@{}{}\n", visible(&version.contract.event_name), version.number, visible(&notes))
}

fn section(out: &mut String, title: &str, rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    if !title.is_empty() {
        out.push_str(title);
        out.push('\n');
    }
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    out.push_str(&aligned(&shown, if title.is_empty() { 0 } else { 2 }));
}

fn facts(version: &Version) -> Vec<Vec<String>> {
    let metadata = &version.metadata;
    let description = metadata.description.as_deref().map(|text| text.trim().to_owned());
    let mut facts = vec![
        ("description", description),
        ("type", Some(version.contract.event_type.clone())),
        ("process type", Some(metadata.process_type.to_string())),
        ("domain", metadata.domain.clone()),
        ("subject", metadata.subject.clone()),
        ("owner", metadata.owner.clone()),
        ("deprecated", metadata.deprecated.as_deref().map(deprecation_text)),
        ("aggregate", metadata.aggregate.as_deref().map(aggregate_text)),
    ];
    facts.extend(policies(metadata));
    facts.extend(metadata.allow.iter().map(|allowance| ("allows", Some(allowance_text(allowance)))));
    facts.extend(metadata.accepts.iter().map(|acceptance| ("accepts", Some(acceptance_text(acceptance)))));
    facts.push(("rust name", metadata.rust_name.clone()));
    facts.push(("fingerprint", Some(version.fingerprint.to_string())));
    facts.push(("previous", version.previous.map(|previous| previous.to_string())));
    facts.into_iter().filter_map(|(key, text)| Some(vec![key.to_owned(), text?])).collect()
}

fn policies(metadata: &Metadata) -> [(&'static str, Option<String>); 5] {
    [
        ("partition key", metadata.partition_key.clone()),
        ("ordering", metadata.ordering.map(|ordering| ordering.to_string())),
        ("on dead letter", Some(metadata.on_dead_letter.to_string())),
        ("unknown fields", Some(metadata.unknown_fields.to_string())),
        ("compat", metadata.compat.map(|mode| mode.to_string())),
    ]
}

/// Why something is deprecated, and the day from which it may be gone.
pub(crate) fn deprecation_text(deprecation: &Deprecation) -> String {
    let reason = deprecation.reason.as_deref().unwrap_or("yes");
    deprecation.sunset.map_or_else(|| reason.to_owned(), |sunset| format!("{reason} (sunset {sunset})"))
}

/// What an event changes, by its attributes.
pub(crate) fn aggregate_text(aggregate: &Aggregate) -> String {
    let version = aggregate.version.as_ref().map_or_else(String::new, |version| format!(" at {version}"));
    format!("{} by {}{version}", aggregate.aggregate_type, aggregate.id)
}

/// The rule that an event is excused from, how long, and why.
pub(crate) fn allowance_text(allowance: &Allowance) -> String {
    let until = allowance.until.map_or_else(String::new, |until| format!(" until {until}"));
    format!("{}{until}: {}", allowance.rule, allowance.reason)
}

/// The break that was accepted, and why.
pub(crate) fn acceptance_text(acceptance: &Acceptance) -> String {
    let path = acceptance.path.as_ref().map_or_else(String::new, |path| format!(" at {path}"));
    format!("{}{path}: {}", acceptance.rule, acceptance.reason)
}

fn inputs(version: &Version) -> Vec<Vec<String>> {
    let contract = &version.contract;
    let required = contract.required_inputs.iter().map(|name| (name, "required"));
    let all = required.chain(contract.optional_inputs.iter().map(|name| (name, "optional")));
    all.map(|(name, presence)| {
        let notes = version.metadata.inputs.get(name).map(input_text).unwrap_or_default();
        vec![name.clone(), presence.to_owned(), notes]
    })
    .collect()
}

fn input_text(notes: &InputNotes) -> String {
    let rust = notes.rust.as_ref().map(|rust| format!("{} by {}", rust.path, rust.access));
    let description = notes.description.as_deref().map(one_line);
    [rust, description].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn payload(version: &Version) -> Vec<Vec<String>> {
    let places = outline(&version.contract);
    places
        .into_iter()
        .map(|place| vec![place.path.clone(), place.type_text.clone(), place.presence.clone(), said(&place)])
        .collect()
}

/// What else is said about a place: where it comes from, its bounds, and what it is.
fn said(place: &Place) -> String {
    let mut parts: Vec<String> = place.source.iter().map(|source| format!("from {source}")).collect();
    parts.extend(place.constraints.iter().cloned());
    parts.extend(place.unit.iter().map(|unit| format!("unit {unit}")));
    if place.is_pii {
        parts.push("personal data".to_owned());
    }
    parts.extend(place.deprecated.iter().map(|said| format!("deprecated: {}", deprecation_text(said))));
    parts.extend(place.description.iter().map(|description| one_line(description)));
    parts.join("; ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    #[test]
    fn the_page_of_a_version() {
        let schema = farm();
        insta::assert_snapshot!(page_text(schema.latest("cow_fed").unwrap(), 2), @r#"
        cow_fed@2  (deprecated)

        description     A cow was fed.\n\nOnce a day, *never* twice | at most.
        type            domain
        process type    durable
        domain          farm
        subject         cow
        owner           team-barn
        deprecated      Use cow_given. (sunset 2027-01-31)
        aggregate       Cow by cow.id at cow.version
        on dead letter  continue
        unknown fields  ignore
        fingerprint     41d6a9b3d7078795f50aa09f62e211d8757678b653ea9c37b1eb1487406a73c9
        previous        b3b4cff5a824c2bdfb63f9f53ee7f0c12a32bf1396face43873e77c7aa86540b

        inputs
          cow     required  crate::Cow by method; The cow <of ours>.
          farmer  optional

        payload
          weight                  float           required                 from cow.weight; min 0.5; unit kg; Before, not after.
          farmer_name             string          optional                 from farmer.name; personal data
          feeds                   list<object>    required                 from cow.feeds; min length 1
          feeds[].sku             string          required                 pattern ^[A-Z]{3}|x`$
          feeds[].price           Money           required
          feeds[].price.amount    decimal         required                 min 0
          feeds[].price.currency  enum(eur, usd)  required, default "eur"
          tags                    list<string>    required, default []     from cow.tags
          tags[]                  string                                   max length 8
        "#);
        insta::assert_snapshot!(page_text(schema.latest("cow_sold").unwrap(), 1), @r#"
        cow_sold@1  (retired, renamed to cow_given)

        description     A cow was sold.
        type            domain
        process type    inline
        subject         cow
        on dead letter  continue
        unknown fields  ignore
        fingerprint     e4afcec93f0e7b29c9d8e47220514549935f6fb1c46e20f6aacb99d9245321d0

        inputs
          cow  required

        payload
          price           Money           required                 from cow.price
          price.amount    decimal         required                 min 0
          price.currency  enum(eur, usd)  required, default "eur"
        "#);
    }

    #[test]
    fn an_older_version_names_the_latest() {
        let schema = farm();
        let page = page_text(schema.version("cow_fed", 1).unwrap(), 2);
        assert_eq!(page.lines().next(), Some("cow_fed@1  (latest is 2)"));
    }

    #[test]
    fn the_json_is_the_entry_of_the_schema_file() {
        let schema = farm();
        let version = schema.latest("cow_fed").unwrap();
        let values = [page_json(version), entry_text(version)]
            .map(|text| serde_json::from_str::<serde_json::Value>(&text).unwrap());
        assert_eq!(values[0], values[1]);
        assert!(page_json(version).starts_with("{\n  \"event_name\": \"cow_fed\",\n"));
        assert!(page_json(version).ends_with("\n}\n"));
    }
}
