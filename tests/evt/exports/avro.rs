use std::collections::{BTreeSet, HashMap};

use apache_avro::Schema;
use apache_avro::types::Value as Avro;
use evt::field_type::{Field, FieldType, Item, ScalarType};
use serde_json::Value;

use super::{grown, holding, live, payload, with_fields};
use crate::generations::assert_fresh;
use crate::newcomer::evt;
use crate::project::Project;

/// A payload as a program would give it to Avro that knows the types of evt, and nothing of the export.
pub(crate) fn given(fields: &[Field], payload: &Value) -> Avro {
    let members = fields.iter().filter_map(|field| {
        let value = payload.get(&field.name)?;
        Some((field.name.clone(), of_item(&field.item, value)))
    });
    Avro::Record(members.collect())
}

fn of_item(item: &Item, value: &Value) -> Avro {
    match (&item.field_type, value) {
        (FieldType::Scalar(ScalarType::Json), value) => Avro::String(value.to_string()),
        (_, Value::Null) => Avro::Null,
        (FieldType::Scalar(scalar), value) => of_scalar(*scalar, value),
        (FieldType::Enum(_), value) => Avro::String(text(value)),
        (FieldType::List(inner), value) => {
            let items = value.as_array().expect("a list").iter();
            Avro::Array(items.map(|value| of_item(inner, value)).collect())
        }
        (FieldType::Map(inner), value) => {
            let members = value.as_object().expect("a map").iter();
            Avro::Map(
                members.map(|(key, value)| (key.clone(), of_item(inner, value))).collect::<HashMap<_, _>>(),
            )
        }
        (FieldType::Object(fields), value) => given(fields, value),
    }
}

fn of_scalar(scalar: ScalarType, value: &Value) -> Avro {
    match scalar {
        ScalarType::Int => Avro::Long(evt::value::whole_number(value).expect("a whole number")),
        ScalarType::Float => Avro::Double(value.as_f64().expect("a number")),
        ScalarType::Bool => Avro::Boolean(value.as_bool().expect("a truth value")),
        ScalarType::Date => {
            let day: jiff::civil::Date = text(value).parse().expect("a day");
            let days = day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
            Avro::Date(i32::try_from(days).expect("four digits a year"))
        }
        ScalarType::Bytes => Avro::Bytes(evt_runtime::format::bytes(&text(value)).expect("base64")),
        ScalarType::String
        | ScalarType::Decimal
        | ScalarType::Uuid
        | ScalarType::Timestamp
        | ScalarType::Json => Avro::String(text(value)),
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Writes a value as Avro and reads it again.
pub(crate) fn survives(schema: &Schema, value: Avro) -> Result<(), String> {
    let resolved = value.resolve(schema).map_err(|error| error.to_string())?;
    let bytes = apache_avro::to_avro_datum(schema, resolved.clone()).map_err(|error| error.to_string())?;
    let read = apache_avro::from_avro_datum(schema, &mut bytes.as_slice(), None);
    let read = read.map_err(|error| error.to_string())?;
    if read == resolved { Ok(()) } else { Err(format!("{read:?} was {resolved:?}")) }
}

#[test]
fn every_version_has_a_schema_by_which_its_payloads_are_written() {
    for name in ["farm", "shop"] {
        let (project, schema) = grown(name);
        let mut tried = 0;
        for version in schema.versions() {
            let name = format!("{}@{}", version.contract.event_name, version.number);
            let text = evt(&project, &format!("export avro {name}")).exits(0).stdout;
            let avro = Schema::parse_str(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            let Some(payload) = payload(version) else { continue };
            survives(&avro, given(&version.contract.payload_fields, &payload))
                .unwrap_or_else(|error| panic!("{name}: {error}\n{payload:#}\n{text}"));
            tried += 1;
        }
        assert!(tried > 40, "{name}: {tried} payloads");
    }
}

#[test]
fn the_union_holds_the_latest_version_of_every_event() {
    for name in ["farm", "shop"] {
        let (project, schema) = grown(name);
        let text = evt(&project, "export avro").exits(0).stdout;
        let Schema::Union(union) = Schema::parse_str(&text).expect("it is a schema") else {
            panic!("no union")
        };
        let names: BTreeSet<String> =
            union.variants().iter().filter_map(Schema::name).map(|it| it.name.clone()).collect();
        let events: BTreeSet<String> =
            live(&schema).map(|version| version.contract.event_name.clone()).collect();
        assert_eq!(names, events, "{name}");
    }
}

/// An event with a field of every kind.
const COW: &str = r#"
subjects: { cow: {} }
types:
  Money: { object: { amount: { type: decimal }, currency: { type: { enum: [eur, usd] }, default: eur } } }
---
event_name: cow_sold
event_type: domain
domain: farm
subject: cow
description: A cow was sold.
inputs: { cow: required }
payload:
  name: { type: string, from: cow.name, description: What it is called., pii: true }
  age: { type: int, from: cow.age, default: 3, unit: years }
  weight: { type: float, from: cow.weight, nullable: true, default: 2.5 }
  is_calm: { type: bool, from: cow.is_calm, required: false }
  id: { type: uuid, from: cow.id }
  sold_at: { type: timestamp, from: cow.sold_at }
  born: { type: date, from: cow.born, default: 1969-12-31 }
  chip: { type: bytes, from: cow.chip, default: AP8= }
  rest: { from: cow.rest, default: { a: [1] } }
  price: { type: Money, from: cow.price }
  fee: { type: Money, from: cow.fee, nullable: true }
  mood: { type: { enum: [calm, "not-so-calm"] }, from: cow.mood }
  breed: { type: { enum: [angus], open: true }, from: cow.breed }
  tags: { type: { list: { type: string, nullable: true } }, from: cow.tags, default: [a, null] }
  feeds: { type: { map: { object: { kind: { type: { enum: [hay] } } } } }, from: cow.feeds }
"#;

#[test]
fn the_avro_schema_with_every_type_is_fresh() {
    let project = Project::new()
        .file("evt.toml", "[project]\nsource = \"urn:evt:shop\"\n[rules]\nenum-value-name = \"off\"\n");
    let project = project.file("events/cow.yaml", COW);
    evt(&project, "dump").exits(0);
    let text = evt(&project, "export avro cow_sold").exits(0).stdout;
    Schema::parse_str(&text).expect("it is a schema");
    assert_fresh("exports/types.avsc", &text);
}

#[test]
fn names_that_come_out_equal_are_told() {
    let project = holding(&[with_fields("cow_fed", &["cow-id", "weight", "cow_id"])]);
    for line in ["export avro", "export avro cow_fed", "export avro --directory out"] {
        let run = evt(&project, line).exits(1);
        let told = run.tells("the fields `cow-id` and `cow_id` are both `cow_id` in Avro");
        assert!(told.stderr.contains("avro-name-collision") && told.stdout.is_empty(), "{line}");
    }
    assert!(!project.exists("out"));
    let project = holding(&["cow.fed", "cow_fed"].map(|event| with_fields(event, &["id"])));
    evt(&project, "export avro")
        .exits(1)
        .tells("the events `cow.fed` and `cow_fed` are both `evt.farm.cow_fed`");
    let report = evt(&project, "export avro --format json").exits(1);
    assert_eq!(report.rules(), ["avro-name-collision"]);
    evt(&project, "export avro cow.fed").exits(0);
}

#[test]
fn a_namespace_of_ones_own_holds_all_records() {
    let (shop, _) = grown("shop");
    let text = evt(&shop, "export avro --namespace shop.events").exits(0).stdout;
    let Schema::Union(union) = Schema::parse_str(&text).expect("it is a schema") else { panic!("no union") };
    let namespaces: BTreeSet<_> =
        union.variants().iter().filter_map(Schema::name).filter_map(|it| it.namespace.clone()).collect();
    assert_eq!(namespaces, BTreeSet::from(["shop.events".to_owned()]));
}
