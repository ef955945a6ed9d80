//! Schemas for tests, made from definitions.

use std::sync::Arc;

use crate::check::check;
use crate::plan::{Held, plan};
use crate::schema::Schema;
use crate::source::SourceFile;

/// The history of a project whose definitions were, one after the other, `generations`; each of them was committed.
pub(crate) fn history(generations: &[&str]) -> Schema {
    generations.iter().fold(Schema::default(), |schema, text| {
        let file = Arc::new(SourceFile::new("events/example.yaml", (*text).to_owned()));
        let (catalogue, findings) = check(vec![file], Vec::new());
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(messages.is_empty(), "the example is wrong: {messages:#?}");
        plan(&schema, &catalogue, &Held::Everything).apply(schema)
    })
}

/// The farm after its first year, in three generations.
pub(crate) fn farm() -> Schema {
    history(&[FARM, &FARM_RENAMED, &format!("{}{MILK}", *FARM_RENAMED)])
}

/// The first definitions of the farm.
pub(crate) const FARM: &str = r#"
subjects: { cow: { description: A cow. }, tank: {} }
types:
  Money: { object: { amount: { type: decimal, min: 0 }, currency: { type: { enum: [eur, usd] }, default: eur } } }
---
event_name: cow_fed
event_type: domain
process_type: durable
domain: farm
subject: cow
description: |
  A cow was fed.

  Once a day, *never* twice | at most.
owner: team-barn
inputs:
  cow: { required: true, description: The cow <of ours>., rust: { path: "crate::Cow", access: method } }
  farmer: optional
payload:
  weight: { type: float, from: cow.weight, min: 0.5, unit: kg, description: "Before, not after." }
  farmer_name: { type: string, from: farmer.name, required: false, pii: true, examples: [Ada] }
  feeds:
    type: { list: { object: { sku: { type: string, pattern: "^[A-Z]{3}|x`$" }, price: { type: Money } } } }
    from: cow.feeds
    min_length: 1
  totals: { type: map<Money>, from: cow.totals, nullable: true }
  tags: { type: { list: { type: string, max_length: 8 } }, from: cow.tags, default: [] }
aggregate: { type: Cow, id: cow.id, version: cow.version }
---
event_name: cow_sold
event_type: domain
process_type: inline
subject: cow
description: A cow was sold.
inputs: { cow: required }
payload:
  price: { type: Money, from: cow.price }
"#;

/// `cow_sold` is renamed, `cow_fed` has lost a field and is deprecated.
pub(crate) static FARM_RENAMED: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    FARM.replace("event_name: cow_sold", "event_name: cow_given\nrenamed_from: cow_sold")
        .replace("  totals: { type: map<Money>, from: cow.totals, nullable: true }\n", "")
        .replace(
            "owner: team-barn",
            "owner: team-barn\ndeprecated: { reason: Use cow_given., sunset: 2027-01-31 }",
        )
});

const MILK: &str = r"---
event_name: tank_emptied
event_type: integration
domain: dairy
subject: tank
inputs: { tank: required }
payload:
  day: { type: date, from: tank.day }
";
