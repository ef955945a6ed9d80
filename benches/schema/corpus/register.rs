//! The registers: named types and subjects.

use std::collections::BTreeMap;

use super::FAMILY;
use super::place::Place;

/// The named types that the fields use.
pub(super) const TYPES: &str = r"types:
  Address:
    object:
      street: { type: string, max_length: 120, pii: true }
      city: { type: string }
      postcode: { type: string, required: false }
      country: { type: CountryCode }
  CountryCode: { type: string, pattern: '^[A-Z]{2}$' }
  GeoPoint:
    object:
      latitude: { type: float, min: -90, max: 90 }
      longitude: { type: float, min: -180, max: 180 }
  Money: { object: { amount: { type: decimal }, currency: { type: { enum: [eur, usd, gbp] } } } }
  OrderLine:
    object:
      sku: { type: Sku }
      quantity: { type: int, min: 1 }
      price: { type: Money }
  Sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{4}$' }
";

/// The register of every subject that an event in `places` is about.
pub(super) fn subjects(places: &[Place]) -> String {
    let subjects: BTreeMap<String, &str> = places.iter().enumerate().filter_map(subject).collect();
    let lines = subjects.iter().map(|(subject, domain)| {
        format!("  {subject}: {{ description: Kept by {domain}., owner: team-{domain} }}\n")
    });
    "subjects:\n".to_owned() + &lines.collect::<String>()
}

fn subject((index, place): (usize, &Place)) -> Option<(String, &'static str)> {
    match index % 100 {
        ..FAMILY => Some((place.subject(), place.domain)),
        FAMILY => Some((place.family(), place.domain)),
        _ => None,
    }
}
