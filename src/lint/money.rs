//! Amounts of money, which are nothing without a currency.

use crate::field_type::{Field, ScalarType};

/// What money is called, in the singular.
const MONEY: &[&str] =
    &["amount", "balance", "cost", "fee", "price", "revenue", "salary", "subtotal", "turnover", "wage"];

/// Whether a field is an amount of money of which it does not say the currency itself.
pub(super) fn is_money(field: &Field) -> bool {
    let last = field.name.rsplit('_').next().unwrap_or(&field.name);
    let is_named = MONEY.contains(&last) || last.strip_suffix('s').is_some_and(|word| MONEY.contains(&word));
    is_named && field.item.field_type.scalar() == Some(ScalarType::Decimal) && field.item.flags.unit.is_none()
}

/// Whether one of these fields says the currency of those beside it.
pub(super) fn say_the_currency(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name.split('_').any(|word| word == "currency"))
}
