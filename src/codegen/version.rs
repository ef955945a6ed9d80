//! The module of one version.

use super::layout::{Expr, assignment};
use super::module::{Module, Own};
use super::pool::Pool;
use super::record::{self, Head, Member};
use super::rust_type::Home;
use super::scope::{Collision, Taken};
use super::shared::Shared;
use super::text::{Code, string};
use crate::event::{OnDeadLetter, Ordering, ProcessType};
use crate::field_type::{Field, FieldType, Item};
use crate::schema::Version;

/// A version as it was written.
pub(super) struct VersionModule<'s> {
    /// The fields of the payload.
    pub(super) members: Vec<Member<'s>>,
    /// `pub mod v1 { … }`, indented as it stands in the module of its event.
    pub(super) text: String,
    pub(super) collisions: Vec<Collision>,
}

/// What a version is to its event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The one that is emitted.
    Live,
    /// One that is only read.
    Past,
}

/// Writes a version whose payload is called `payload`; `shared` are the types that it need not have of its own, and
/// `pool` those of later versions.
pub(super) fn write<'s>(
    version: &'s Version,
    payload: &str,
    standing: Standing,
    shared: &'s Shared<'s>,
    pool: &mut Pool<'s>,
) -> VersionModule<'s> {
    let taken = match standing {
        Standing::Live => Taken::Refuse,
        Standing::Past => Taken::Evade,
    };
    let contract = &version.contract;
    let mut module = Module::new(shared, Home::Version, taken, &contract.event_name, version.number);
    module.pool = std::mem::take(pool);
    let mut code = Code::with_capacity(12 * 1024, 4);
    code.line("");
    code.line(format_args!("/// Version {} of `{}`.", version.number, contract.event_name));
    code.open(format_args!("pub mod v{} {{", version.number));
    code.line("use ::evt_runtime::shape;");
    code.line("");
    let members = record(&mut code, &mut module, version, payload, standing);
    module.name_foreign();
    let (blocks, tables, collisions) = module.take_parts();
    for block in blocks.iter().chain((!tables.is_empty()).then_some(&tables)) {
        code.line("");
        code.append(block);
    }
    code.close("}");
    *pool = module.into_pool();
    VersionModule { members, text: code.into_text(), collisions }
}

/// The payload itself, and what is known of the event.
fn record<'s>(
    code: &mut Code,
    module: &mut Module<'s>,
    version: &'s Version,
    payload: &str,
    standing: Standing,
) -> Vec<Member<'s>> {
    let contract = &version.contract;
    let name = module.claim(payload.to_owned(), ("the payload of", &contract.event_name), None);
    let own = Own { name, table: module.claim_static("FIELDS".to_owned()) };
    let (members, rows) = record::members(module, &contract.payload_fields, "", "", false);
    let head = Head {
        description: version.metadata.description.as_deref(),
        otherwise: format!("Version {} of `{}`.", version.number, contract.event_name),
        unknown: version.metadata.unknown_fields,
        visibility: "",
    };
    record::write(code, module, &own, (&members, rows), &head, |code| constants(code, &own, version));
    if standing == Standing::Live {
        code.line("");
        definition(code, &own, version);
    }
    members
}

fn constants(code: &mut Code, own: &Own, version: &Version) {
    let (contract, metadata) = (&version.contract, &version.metadata);
    let text = "&'static str";
    let optional = "::core::option::Option<&'static str>";
    let constants = [
        ("The event's name.", "NAME", text, Expr::atom(string(&contract.event_name))),
        ("The version of this payload.", "VERSION", "u32", Expr::atom(version.number.to_string())),
        ("The event's classification.", "EVENT_TYPE", text, Expr::atom(string(&contract.event_type))),
        (
            "How the event is delivered.",
            "PROCESS_TYPE",
            "::evt_runtime::ProcessType",
            process_type(metadata.process_type),
        ),
        ("The bounded context.", "DOMAIN", optional, option(metadata.domain.as_deref())),
        ("What the event is about.", "SUBJECT", optional, option(metadata.subject.as_deref())),
        (
            "The SHA-256 of the version's contract.",
            "FINGERPRINT",
            text,
            Expr::atom(string(&version.fingerprint.to_string())),
        ),
    ];
    code.open(format_args!("impl {} {{", own.name));
    for (doc, name, of, value) in constants {
        code.line(format_args!("/// {doc}"));
        code.line(assignment(&format!("pub const {name}: {of} ="), code.indent(), &value));
    }
    code.close("}");
    code.line("");
}

fn process_type(of: ProcessType) -> Expr {
    let variant = match of {
        ProcessType::Inline => "Inline",
        ProcessType::Background => "Background",
        ProcessType::Durable => "Durable",
        ProcessType::Broker => "Broker",
        ProcessType::Telemetry => "Telemetry",
        ProcessType::Sourced => "Sourced",
    };
    Expr::atom(format!("::evt_runtime::ProcessType::{variant}"))
}

fn option(text: Option<&str>) -> Expr {
    match text {
        Some(text) => Expr::call("::core::option::Option::Some", vec![Expr::atom(string(text))]),
        None => Expr::atom("::core::option::Option::None"),
    }
}

/// What the runtime knows of the event besides its constants.
fn definition(code: &mut Code, own: &Own, version: &Version) {
    let metadata = &version.metadata;
    let on_dead_letter = match metadata.on_dead_letter {
        OnDeadLetter::Continue => "Continue",
        OnDeadLetter::Halt => "Halt",
    };
    let is_strict = metadata.ordering == Some(Ordering::Strict);
    let paths: Vec<String> =
        pii(&version.contract.payload_fields).into_iter().map(|path| string(&path)).collect();
    code.open("::evt_runtime::event! {");
    code.line(format_args!("{};", own.name));
    code.line("source: super::super::SOURCE,");
    code.line("table: super::super::TABLE,");
    code.line(format_args!("strict: {is_strict},"));
    code.line(format_args!("on_dead_letter: ::evt_runtime::OnDeadLetter::{on_dead_letter},"));
    code.line(format_args!("pii: &[{}],", paths.join(", ")));
    code.close("}");
}

/// The paths of what is personal data.
fn pii(fields: &[Field]) -> Vec<String> {
    let mut paths = Vec::new();
    for field in fields {
        pii_of(&field.item, &field.name, &mut paths);
    }
    paths
}

fn pii_of(item: &Item, path: &str, paths: &mut Vec<String>) {
    if item.is_pii() {
        paths.push(path.to_owned());
        return;
    }
    match &item.field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => {}
        FieldType::List(inner) => pii_of(inner, &format!("{path}[]"), paths),
        FieldType::Map(inner) => pii_of(inner, &format!("{path}{{}}"), paths),
        FieldType::Object(fields) => {
            for field in fields.iter() {
                pii_of(&field.item, &format!("{path}.{}", field.name), paths);
            }
        }
    }
}
