//! Arbitrary contracts, types nested up to three deep, that definitions may have.

use evt::event::Contract;
use evt::field_type::{EnumType, Field, FieldType, Flags, Item, Number, Openness, ScalarType};
use proptest::prelude::*;

use super::alphabet::{NAMES, PATTERNS, UNITS, VALUES, one_of, some_of};
use super::values::value;

/// How deep types are nested.
const DEPTH: u32 = 3;

/// A contract of the event `name`.
pub(super) fn contract(name: &'static str) -> impl Strategy<Value = Contract> {
    let event_type = one_of(&["domain", "integration", "]\"\\"]);
    let inputs = some_of(&NAMES, 1..4).prop_flat_map(|names| {
        let ways = prop::collection::vec((any::<bool>(), any::<bool>()), names.len());
        (Just(names), ways)
    });
    (event_type, inputs, fields(3)).prop_map(|(event_type, (names, ways), fields)| {
        let inputs: Vec<Input> = names.into_iter().zip(ways).map(Input::from).collect();
        let of = |required: bool| {
            let names = inputs.iter().filter(|input| input.required == required);
            names.map(|input| input.name.clone()).collect()
        };
        Contract {
            event_name: name.to_owned(),
            event_type,
            required_inputs: of(true),
            optional_inputs: of(false),
            payload_fields: read_from(fields, &inputs),
        }
    })
}

struct Input {
    name: String,
    required: bool,
    is_value: bool,
}

impl From<(String, (bool, bool))> for Input {
    fn from((name, (required, is_value)): (String, (bool, bool))) -> Self {
        Self { name, required, is_value }
    }
}

/// The fields, each read from an input as the rules of definitions want it.
fn read_from(fields: Vec<Field>, inputs: &[Input]) -> Vec<Field> {
    let mut read: Vec<Field> = Vec::with_capacity(fields.len());
    for (index, mut field) in fields.into_iter().enumerate() {
        let input = &inputs[(field.name.len() + index) % inputs.len()];
        let is_taken = read.iter().any(|other| other.from.as_ref() == Some(&input.name));
        if input.is_value && is_taken {
            continue;
        }
        field.required &= input.required;
        field.from = Some(input.name.clone());
        field.attr = (!input.is_value).then(|| format!("attr{index}"));
        read.push(field);
    }
    read
}

/// Fields of different names, without inputs.
fn fields(most: usize) -> impl Strategy<Value = Vec<Field>> {
    fields_of(most, item(DEPTH))
}

fn fields_of(most: usize, item: BoxedStrategy<Item>) -> impl Strategy<Value = Vec<Field>> {
    some_of(&NAMES, 0..=most).prop_flat_map(move |names| {
        let rest = prop::collection::vec((any::<bool>(), item.clone()), names.len());
        rest.prop_map(move |rest| {
            let fields = names.iter().cloned().zip(rest);
            fields
                .map(|(name, (required, item))| Field { name, required, from: None, attr: None, item })
                .collect()
        })
    })
}

/// A type with flags that belong to it.
pub(super) fn item(depth: u32) -> BoxedStrategy<Item> {
    field_type(depth)
        .prop_flat_map(|field_type| {
            let plain = Item::plain(field_type);
            prop_oneof![Just(plain.clone()), flagged(plain)]
        })
        .boxed()
}

fn field_type(depth: u32) -> BoxedStrategy<FieldType> {
    let scalars: Vec<ScalarType> = ScalarType::ALL.iter().map(|(_, scalar)| *scalar).collect();
    let leaf = prop_oneof![
        4 => prop::sample::select(scalars).prop_map(FieldType::Scalar),
        2 => (some_of(&VALUES, 1..4), any::<bool>()).prop_map(|(values, is_open)| {
            let openness = if is_open { Openness::Open } else { Openness::Closed };
            FieldType::Enum(EnumType { values, openness }.into())
        }),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![
        4 => leaf,
        1 => item(depth - 1).prop_map(|item| FieldType::List(Box::new(item))),
        1 => item(depth - 1).prop_map(|item| FieldType::Map(Box::new(item))),
        1 => fields_of(3, item(depth - 1)).prop_map(|fields| FieldType::Object(fields.into())),
    ]
    .boxed()
}

/// The same type, narrowed, and perhaps with a default that fits.
fn flagged(plain: Item) -> impl Strategy<Value = Item> {
    flags(&plain.field_type).prop_flat_map(move |flags| {
        let mut item = plain.clone();
        let unset: &mut Flags = &mut item.flags;
        *unset = flags;
        let default = prop::option::of(value(&item));
        (Just(item), default).prop_map(|(mut item, default)| {
            item.flags.default = default.map(Box::new);
            item
        })
    })
}

fn flags(field_type: &FieldType) -> impl Strategy<Value = Flags> + use<> {
    let scalar = field_type.scalar();
    let has_length = matches!(field_type, FieldType::List(_) | FieldType::Map(_));
    let bounds = (bound(scalar, &["-1", "0"]), bound(scalar, &["7", "10"]));
    let lengths = if scalar == Some(ScalarType::String) || has_length {
        (prop::option::of(1_u64..=1), prop::option::of(10_u64..12)).boxed()
    } else {
        Just((None, None)).boxed()
    };
    let pattern = if scalar == Some(ScalarType::String) {
        prop::option::of(prop::sample::select(&PATTERNS[..])).boxed()
    } else {
        Just(None).boxed()
    };
    let nullable = if scalar == Some(ScalarType::Json) { Just(false).boxed() } else { any::<bool>().boxed() };
    let unit = prop::option::weighted(0.3, one_of(&UNITS));
    (nullable, bounds, lengths, pattern, unit).prop_map(|(nullable, bounds, lengths, pattern, unit)| Flags {
        nullable,
        default: None,
        min: bounds.0,
        max: bounds.1,
        min_length: lengths.0,
        max_length: lengths.1,
        pattern: pattern.map(|(pattern, _)| pattern.into()),
        unit: unit.map(String::into_boxed_str),
    })
}

/// One of `texts`, or nothing, as a bound of `scalar`; nothing for a type that has none.
fn bound(scalar: Option<ScalarType>, texts: &'static [&'static str]) -> BoxedStrategy<Option<Number>> {
    let read: fn(&str) -> Number = match scalar {
        Some(ScalarType::Int) => |text| Number::Int(text.parse().expect("digits")),
        Some(ScalarType::Float) => |text| Number::Float(text.parse().expect("digits")),
        Some(ScalarType::Decimal) => |text| Number::Decimal(text.parse().expect("digits")),
        _ => return Just(None).boxed(),
    };
    prop::option::of(prop::sample::select(texts).prop_map(read)).boxed()
}
