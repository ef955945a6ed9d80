//! Words that name personal data.

use crate::field_type::{Field, FieldType, Item, ScalarType};

/// Whether a field is called what personal data is called, while nothing was said about it: not of the field, and not
/// of anything inside of it.
pub(super) fn is_unclassified(field: &Field) -> bool {
    is_text_like(&field.item.field_type) && names_a_person(field) && !is_said(&field.item)
}

fn names_a_person(field: &Field) -> bool {
    let name = singular(&field.name);
    let is_any = |names: &[&str]| names.iter().any(|word| ends_with(name, word));
    let is_a_name = || {
        let whose = name.strip_suffix("_name").or_else(|| field.from.as_deref().filter(|_| name == "name"));
        whose.is_some_and(|whose| PERSONS.iter().any(|person| ends_with(whose, person)))
    };
    !is_any(OTHERWISE) && (is_any(PERSONAL) || is_a_name())
}

/// Whether anything says if this is personal data.
fn is_said(item: &Item) -> bool {
    item.notes.pii.is_some()
        || match &item.field_type {
            FieldType::Scalar(_) | FieldType::Enum(_) => false,
            FieldType::List(inner) | FieldType::Map(inner) => is_said(inner),
            FieldType::Object(fields) => fields.iter().any(|field| is_said(&field.item)),
        }
}

/// Whether it can hold what its name says: a truth value `email` tells that there is one, a UUID `address` which one.
fn is_text_like(field_type: &FieldType) -> bool {
    match field_type {
        FieldType::Scalar(scalar) => {
            !matches!(scalar, ScalarType::Bool | ScalarType::Float | ScalarType::Decimal | ScalarType::Uuid)
        }
        FieldType::Enum(_) => false,
        FieldType::List(item) | FieldType::Map(item) => is_text_like(&item.field_type),
        FieldType::Object(_) => true,
    }
}

/// Whether a name is these words, or ends in them.
fn ends_with(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|before| before.is_empty() || before.ends_with('_'))
}

/// `addresses` as `address`, `emails` as `email`.
fn singular(name: &str) -> &str {
    let of_s = name.strip_suffix("es").filter(|name| name.ends_with('s'));
    of_s.or_else(|| name.strip_suffix('s').filter(|name| !name.ends_with('s'))).unwrap_or(name)
}

/// What is personal, whoever's it is; in the singular.
const PERSONAL: &[&str] = &[
    "address",
    "bank_account_number",
    "birth",
    "birth_date",
    "birth_place",
    "birthdate",
    "birthday",
    "born_on",
    "card_number",
    "email",
    "family_name",
    "first_name",
    "full_name",
    "given_name",
    "iban",
    "ip",
    "last_name",
    "maiden_name",
    "middle_name",
    "mobile_number",
    "passport_number",
    "phone",
    "phone_number",
    "social_security_number",
    "ssn",
    "street",
    "surname",
    "telephone",
    "username",
];

/// What ends in one of those words and is not personal.
const OTHERWISE: &[&str] =
    &["contract_address", "listen_address", "mac_address", "memory_address", "over_ip", "tcp_ip"];

/// Whose name is personal; that of a product or a stall is not.
const PERSONS: &[&str] = &[
    "applicant",
    "beneficiary",
    "borrower",
    "candidate",
    "cardholder",
    "citizen",
    "contact",
    "customer",
    "driver",
    "employee",
    "guest",
    "passenger",
    "patient",
    "payee",
    "payer",
    "person",
    "recipient",
    "sender",
    "student",
    "subscriber",
    "teacher",
    "traveller",
    "user",
    "visitor",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_words_end() {
        assert!(ends_with("email", "email") && ends_with("billing_email", "email"));
        assert!(!ends_with("voicemail", "email") && !ends_with("email_verified", "email"));
        assert!(!ends_with("ship", "ip") && !ends_with("microphone", "phone"));
    }

    #[test]
    fn plurals_are_of_the_same_kind() {
        let names = ["addresses", "emails", "address", "ips", "ssn"];
        assert_eq!(names.map(singular), ["address", "email", "address", "ip", "ssn"]);
    }
}
