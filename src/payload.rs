//! Payloads that evt itself writes: read strictly, held against a version's contract by the very tables that services
//! use, and written as their helpers would.

mod json;
mod table;
mod text;
mod unmask;
mod upcast;

pub use json::{StrictValue, strict_json};
pub use table::table;
pub use unmask::{MASK, masks, unmasked};
pub use upcast::{Upcast, UpcastError};

use evt_runtime::shape::Object;
use evt_runtime::{Misfits, check_json};
use serde_json::Value;

/// The JSON text of a payload, as an emit helper would write it: fields in declared order, defaults filled in. A member
/// that is no field is refused where `shape` is sealed, else left out.
///
/// # Errors
/// Everything that the table does not admit, by path; never a value, which may be personal data.
pub fn written(value: &Value, shape: &'static Object) -> Result<String, Misfits> {
    check_json(shape, value)?;
    Ok(text::payload_text(value, shape))
}

#[cfg(test)]
mod tests {
    use evt_runtime::shape::Unknown;
    use serde_json::json;

    use super::{table, written};
    use crate::example::history;

    const COW_FED: &str = "
event_name: cow_fed
event_type: domain
inputs: { cow: required }
payload:
  weight: { type: float, from: cow.weight }
  count: { type: int, from: cow.count, required: false }
  price: { type: { object: { amount: { type: decimal }, currency: { type: string, default: eur } } }, from: cow.price }
";

    #[test]
    fn a_payload_is_written_as_a_helper_would() {
        let schema = history(&[COW_FED]);
        let shape = table(&schema.events["cow_fed"][0].contract.payload_fields, Unknown::Reject);
        let given = json!({ "price": { "amount": "12.50" }, "count": 1e2, "weight": 2 });
        let text = r#"{"weight":2.0,"count":100,"price":{"amount":"12.50","currency":"eur"}}"#;
        assert_eq!(written(&given, shape).as_deref(), Ok(text));
        let misfits =
            written(&json!({ "price": { "amount": 1, "currenzy": "eur" }, "weight": 2 }), shape).unwrap_err();
        let paths: Vec<_> = misfits.0.iter().map(|misfit| misfit.path.as_str()).collect();
        assert_eq!(paths, ["price.amount", "price.currenzy"]);
    }
}
