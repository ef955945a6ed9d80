//! The words that names and descriptions are made of.

/// Bounded contexts.
#[rustfmt::skip]
pub(super) const DOMAINS: [&str; 40] = [
    "audit", "billing", "catalog", "claims", "clinic", "compliance", "energy", "farm", "fleet",
    "fraud", "gaming", "hiring", "identity", "insurance", "inventory", "legal", "lending", "library",
    "loyalty", "marketing", "media", "messaging", "museum", "payments", "payroll", "pharmacy",
    "pricing", "procurement", "reporting", "returns", "scheduling", "search", "shipping", "support",
    "tax", "telecom", "training", "travel", "treasury", "warehouse",
];

/// What events are about; also the names of inputs.
#[rustfmt::skip]
pub(super) const NOUNS: [&str; 50] = [
    "address_book", "article", "basket", "batch", "book", "campaign", "candidate", "contract",
    "coupon", "course", "cow", "customer", "device", "exhibit", "finding", "invoice", "label",
    "letter", "loan", "message", "meter", "notice", "order", "pallet", "parcel", "patient",
    "payslip", "pipe", "player", "policy", "product", "project", "query", "quote", "recipe",
    "refund", "report", "rule", "sensor", "shelf", "shipment", "slot", "subscription", "supplier",
    "team", "ticket", "transfer", "trip", "vehicle", "visit",
];

/// What happened.
#[rustfmt::skip]
pub(super) const VERBS: [&str; 50] = [
    "created", "updated", "approved", "rejected", "sent", "received", "cancelled", "archived",
    "restored", "assigned", "released", "locked", "unlocked", "moved", "renamed", "merged", "split",
    "counted", "priced", "printed", "scanned", "signed", "verified", "disputed", "settled", "paid",
    "refunded", "closed", "reopened", "escalated", "delayed", "resumed", "suspended", "activated",
    "expired", "renewed", "upgraded", "downgraded", "exported", "imported", "shared", "published",
    "withdrawn", "inspected", "repaired", "weighed", "packed", "loaded", "delivered", "returned",
];

/// Required inputs beside the noun itself.
#[rustfmt::skip]
pub(super) const COMPANIONS: [&str; 3] = ["account", "session", "tenant"];

/// Optional inputs.
#[rustfmt::skip]
pub(super) const ACTORS: [&str; 3] = ["actor", "approver", "reviewer"];

/// What a field's description says of it.
#[rustfmt::skip]
pub(super) const REMARKS: [&str; 10] = [
    "As it was when the event was written.",
    "Copied from the record and never looked up again.",
    "Given by the customer.",
    "Kept for the yearly audit.",
    "Rounded half to even.",
    "Shown on the public page.",
    "Taken from the first document that names it.",
    "The newest one that the service knows.",
    "Used by the reports of the finance team.",
    "What the warehouse counted last.",
];
