//! Rules about two versions: what the newer one breaks, and whom.

use super::Severity;

/// Fails a check,
const E: Option<Severity> = Some(Severity::Error);
/// is told,
const W: Option<Severity> = Some(Severity::Warn);
/// is no finding.
const NONE: Option<Severity> = None;

const fn worst(backward: Option<Severity>, forward: Option<Severity>, full: Option<Severity>) -> Severity {
    match (backward, forward, full) {
        (Some(Severity::Error), _, _) | (_, Some(Severity::Error), _) | (_, _, Some(Severity::Error)) => {
            Severity::Error
        }
        _ => Severity::Warn,
    }
}

/// Declares rules and lists them. The severities are those of backward, forward and full.
macro_rules! compat_rules {
    ($($name:ident = $id:literal, $kind:ident, [$backward:ident, $forward:ident, $full:ident], $why:literal,
       instead: $way_out:literal, bad: $bad:literal, good: $good:literal;)*) => {
        $(
            #[doc = $why]
            pub static $name: crate::rule::Rule = crate::rule::Rule {
                id: $id,
                category: crate::rule::Category::Compat,
                severity: worst($backward, $forward, $full),
                scope: crate::rule::Scope::Adjustable,
                why: $why,
                bad: crate::rule::example($bad),
                good: crate::rule::example($good),
                compat: Some(crate::rule::Compat {
                    kind: crate::rule::CompatKind::$kind,
                    backward: $backward,
                    forward: $forward,
                    full: $full,
                    way_out: $way_out,
                }),
            };
        )*
        pub(in crate::rule) static TABLE: &[&crate::rule::Rule] = &[$(&$name),*];
    };
}

pub(super) mod event;
pub(super) mod field;
pub(super) mod value;

pub use event::*;
pub use field::*;
pub use value::*;

rules! {
    ALLOW_UNUSED = "allow-unused", Compat, Warn, Adjustable,
        "A rule that nothing breaks is still switched off, and will be when something does.",
        bad: r#"
event_name: cow_fed
event_type: domain
allow: [{ rule: enum-value-added, reason: "consumers checked" }]   # no value was added
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
    ALLOW_EXPIRED = "allow-expired", Compat, Warn, Adjustable,
        "The day until which the rule was switched off is over.",
        bad: r#"
event_name: cow_fed
event_type: domain
allow: [{ rule: enum-value-added, reason: "consumers are told", until: 2020-01-31 }]
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
    ACCEPTS_UNPROVEN = "accepts-unproven", Compat, Error, Adjustable,
        "A break was accepted that the version does not make, so that it is not known any more what was accepted.",
        bad: r#"
event_name: cow_fed
event_type: domain
accepts: [{ rule: type-changed, path: weight, reason: "nobody reads it" }]   # the type is as it was
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
}
