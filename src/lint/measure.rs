//! Numbers that measure something.

use crate::field_type::{FieldType, Item, ScalarType};

/// What is measured, in the singular. Money is none: its currency is a field of its own.
const MEASURES: &[&str] = &[
    "acceleration",
    "altitude",
    "angle",
    "area",
    "capacity",
    "circumference",
    "delay",
    "density",
    "depth",
    "diameter",
    "distance",
    "duration",
    "elevation",
    "energy",
    "frequency",
    "height",
    "humidity",
    "latency",
    "length",
    "mass",
    "power",
    "pressure",
    "radius",
    "speed",
    "temperature",
    "thickness",
    "timeout",
    "torque",
    "velocity",
    "voltage",
    "volume",
    "weight",
    "width",
];

/// Whether the last word of a field's name is a measure; `weight_kg` says its unit already.
pub(super) fn is_measure(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    MEASURES.contains(&last) || last.strip_suffix('s').is_some_and(|singular| MEASURES.contains(&singular))
}

/// Whether an item is a number, or a list or map of numbers, for which no unit is given.
pub(super) fn lacks_unit(item: &Item) -> bool {
    item.flags.unit.is_none()
        && match &item.field_type {
            FieldType::Scalar(scalar) => {
                matches!(scalar, ScalarType::Int | ScalarType::Float | ScalarType::Decimal)
            }
            FieldType::List(item) | FieldType::Map(item) => lacks_unit(item),
            FieldType::Enum(_) | FieldType::Object(_) => false,
        }
}
