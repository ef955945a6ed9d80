//! A payload as generated code has it, by hand.

mod allocations;
mod background;
pub(crate) mod capture;
mod inline;
mod metadata;
mod recorder;
mod telemetry;
mod traced;

use serde_json::json;

use crate::shape::{Bounds, Field, Item, Kind, Number, Object, Pattern, Words};
use crate::types::{Date, Decimal, Json};
use crate::{Choice, Definition, Emission, EmitError, Event, ProcessType, from_json, to_json};

#[derive(Debug, Clone, PartialEq)]
enum Mood {
    Calm,
    Other(String),
}

impl Choice for Mood {
    fn as_str(&self) -> &str {
        match self {
            Self::Calm => "calm",
            Self::Other(text) => text,
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(match text {
            "calm" => Self::Calm,
            text => Self::Other(text.to_owned()),
        })
    }
}

crate::choice!(Mood);

#[derive(Debug, Clone, PartialEq)]
struct Line {
    sku: String,
    price: Decimal,
}

static LINE: Object = Object::sealed(&[
    Field::required("sku", Item::of(Kind::String).bounded(&Bounds::NONE.max_length(4).pattern(&SKU))),
    Field::required("price", Item::of(Kind::Decimal).bounded(&Bounds::NONE.min(Number::Decimal("0")))),
]);
static SKU: Pattern = Pattern::new("^[A-Z]+$");

crate::record! { Line, LINE; sku, price }

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
struct CowFed {
    weight: f64,
    note: Option<String>,
    left: Option<Option<i64>>,
    barn: Option<i64>,
    mood: Mood,
    lines: Vec<Line>,
    extra: Json,
}

static COW_FED: Object = Object::open(&[
    Field::required("weight", Item::of(Kind::Float).bounded(&Bounds::NONE.min(Number::Float(0.0)))),
    Field::optional("note", Item::of(Kind::String)),
    Field::optional("left", Item::of(Kind::Int).nullable()),
    Field::required("barn", Item::of(Kind::Int).nullable()),
    Field::defaulted("mood", "\"calm\"", Item::of(Kind::Choice(&Words::open(&["calm"])))),
    Field::required("lines", Item::of(Kind::List(&Item::of(Kind::Object(&LINE))))),
    Field::required("extra", Item::of(Kind::Json)),
]);

crate::record! { CowFed, COW_FED; weight, note, left, barn, mood, lines, extra }

impl Event for CowFed {
    fn definition() -> &'static Definition {
        static DEFINITION: Definition = Definition {
            name: "cow_fed",
            version: 1,
            fingerprint: "00",
            event_type: "domain",
            process_type: ProcessType::Sourced,
            domain: None,
            subject: None,
            source: "urn:evt:farm",
            table: "evt_outbox",
            strict: false,
            on_dead_letter: crate::OnDeadLetter::Continue,
            pii: &[],
        };
        &DEFINITION
    }
}

fn fed() -> CowFed {
    CowFed {
        weight: 2.5,
        note: None,
        left: Some(None),
        barn: None,
        mood: Mood::Other("hungry".to_owned()),
        lines: vec![Line { sku: "HAY".to_owned(), price: "1.50".parse().expect("a decimal") }],
        extra: json!({ "a": [1] }),
    }
}

const FED: &str = r#"{"weight":2.5,"left":null,"barn":null,"mood":"hungry","lines":[{"sku":"HAY","price":"1.50"}],"extra":{"a":[1]}}"#;

#[test]
fn a_payload_is_written_in_the_order_of_its_fields() {
    assert_eq!(to_json(&fed()).expect("it fits"), FED);
}

#[test]
fn what_was_written_is_read_back() {
    assert_eq!(from_json::<CowFed>(FED).expect("it fits"), fed());
}

#[test]
fn serde_writes_and_reads_the_same() {
    let text = serde_json::to_string(&serde_json::to_value(fed()).expect("it fits")).expect("JSON");
    assert_eq!(serde_json::from_str::<CowFed>(&text).expect("it fits"), fed());
}

#[test]
fn serde_keeps_the_declared_order_all_the_way_down() {
    assert_eq!(serde_json::to_string(&fed()).expect("it fits"), FED);
    let pretty = serde_json::to_string_pretty(&fed()).expect("it fits");
    assert_eq!(from_json::<CowFed>(&pretty).expect("it fits"), fed());
    let misfit = serde_json::to_string(&CowFed { weight: f64::NAN, ..fed() }).expect_err("it does not fit");
    assert_eq!(misfit.to_string(), "`weight` is not finite");
}

#[test]
fn everything_wrong_is_told_by_path_when_writing() {
    let line = Line { sku: "hay\0bale".to_owned(), price: "-1".parse().expect("a decimal") };
    let wrong = CowFed { weight: f64::NAN, lines: vec![line], extra: json!("\0"), ..fed() };
    insta::assert_snapshot!(to_json(&wrong).expect_err("it does not fit").to_string().replace("; ", "\n"), @r"
    `weight` is not finite
    `lines[0].sku` holds U+0000
    `lines[0].sku` has a length of 8, the most is 4
    `lines[0].price` is less than the minimum 0
    `extra` holds U+0000
    ");
}

#[test]
fn everything_wrong_is_told_by_path_when_reading() {
    let text = r#"{"weight":"x","note":null,"left":9223372036854775808,"lines":[{"sku":"hay","price":"01","new":1}]}"#;
    insta::assert_snapshot!(from_json::<CowFed>(text).expect_err("it does not fit").to_string().replace("; ", "\n"), @r#"
    `weight` expected a finite number, found a string
    `note` expected a string, found null
    `left` expected a whole number of 64 bits, found a number
    `barn` is missing
    `lines[0].sku` does not match `^[A-Z]+$`
    `lines[0].price` expected a decimal such as "12.50", at most 28 digits, found a string
    `lines[0].new` is no field
    `extra` is missing
    "#);
}

#[test]
fn a_whole_number_that_a_double_cannot_tell_is_refused() {
    let read = |barn: &str| {
        let text = format!(r#"{{"weight":2.5,"barn":{barn},"lines":[],"extra":null}}"#);
        from_json::<CowFed>(&text).map(|read| read.barn).map_err(|misfits| misfits.to_string())
    };
    assert_eq!(read("9007199254740993"), Ok(Some(9_007_199_254_740_993)));
    assert_eq!(read("-9007199254740991.0"), Ok(Some(-9_007_199_254_740_991)));
    for number in
        ["9007199254740992.0", "9007199254740993.0", "-9007199254740993.0", "9007199254740993e0", "1e18"]
    {
        let refused = "`barn` expected a whole number of 64 bits, found a number";
        assert_eq!(read(number), Err(refused.to_owned()), "{number}");
    }
}

#[test]
fn a_default_stands_in_for_what_was_left_out() {
    let read: CowFed = from_json(r#"{"weight":1e0,"barn":1.0,"lines":[],"extra":null}"#).expect("it fits");
    assert_eq!((read.mood, read.barn, read.left), (Mood::Calm, Some(1), None));
}

#[test]
fn deep_json_is_refused_before_it_overflows_anything() {
    let mut deep = json!(1);
    for _ in 0..500 {
        deep = Json::Array(vec![deep]);
    }
    let misfits = to_json(&CowFed { extra: deep, ..fed() }).expect_err("it does not fit");
    assert_eq!(misfits.to_string(), "`extra` is nested deeper than 100");
}

#[test]
fn a_sourced_event_needs_an_aggregate_with_a_version() {
    let missing = Emission::new(fed()).envelope().expect_err("no aggregate");
    assert!(matches!(missing, EmitError::AggregateMissing { event: "cow_fed" }));
    let envelope = Emission::new(fed()).aggregate_of("Cow", &7_i64).aggregate_version_of(3).envelope();
    let envelope = envelope.expect("an aggregate");
    assert_eq!(envelope.partition_key.as_deref(), Some("Cow/7"));
    assert_eq!(envelope.aggregate.and_then(|aggregate| aggregate.version), Some(3));
}

#[test]
fn the_order_in_which_an_envelope_is_set_means_nothing() {
    let envelope = Emission::new(fed()).aggregate_version(4).aggregate("Cow", "7").envelope();
    let aggregate = envelope.expect("it fits").aggregate.expect("it was set");
    assert_eq!((aggregate.id.as_str(), aggregate.version), ("7", Some(4)));
}

#[test]
fn another_aggregate_does_not_keep_the_version_of_the_definitions() {
    let event = Emission::new(fed()).aggregate_of("Cow", &7_i64).aggregate_version_of(3);
    let missing = event.aggregate("Barn", "2").envelope().expect_err("whose version is 3?");
    assert!(matches!(missing, EmitError::AggregateMissing { event: "cow_fed" }));
}

#[test]
fn a_key_that_no_index_could_hold_is_refused() {
    let long = "x".repeat(1_025);
    let event = || Emission::new(fed()).aggregate("Cow", "7").aggregate_version(1);
    let refused = event().idempotency_key(long.clone()).envelope().expect_err("it is too long");
    assert!(matches!(refused, EmitError::Field { field: "idempotency_key", .. }));
    let refused = event().aggregate("Cow", long).envelope().expect_err("it is too long");
    assert!(matches!(refused, EmitError::Field { field: "aggregate_id", .. }));
}

#[test]
fn what_no_reader_takes_is_refused_when_it_is_written() {
    static DAY: Object = Object::open(&[Field::required("day", Item::of(Kind::Date))]);
    #[derive(Debug)]
    struct Day {
        day: Date,
    }
    crate::record! { Day, DAY; day }
    let written = to_json(&Day { day: jiff::civil::date(-1, 1, 1) });
    assert_eq!(written.expect_err("it has no form").to_string(), "`day` is before the year 0");
}

#[test]
fn a_float_comes_back_as_it_was() {
    // Knuth's generator, over the bits of all finite numbers that are not negative.
    let mut bits = 1_u64;
    for _ in 0..20_000 {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let weight = f64::from_bits(bits % f64::INFINITY.to_bits());
        let text = to_json(&CowFed { weight, ..fed() }).expect("it fits");
        let read: CowFed = from_json(&text).expect("it was written");
        assert_eq!(read.weight.to_bits(), weight.to_bits(), "{text}");
    }
}

#[test]
fn a_sealed_payload_is_sealed_all_the_way_down() {
    static INNER: Object = Object::open(&[Field::optional("a", Item::of(Kind::Int))]);
    static OUTER: Object = Object::sealed(&[Field::required("inner", Item::of(Kind::Object(&INNER)))]);
    let payload = json!({ "inner": { "a": 1, "b": 2 } });
    let misfits = crate::check_json(&OUTER, &payload).expect_err("`b` is unknown");
    assert_eq!(misfits.to_string(), "`inner.b` is no field");
}
