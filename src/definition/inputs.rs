use super::read::check_name;
use super::shorthand::inputs_help;
use crate::event::Access;
use crate::rule;
use crate::source::{Entry, Fields, Reporter, Spanned, Value, refuse_list};

/// One object that the emit helper takes.
#[derive(Clone, Debug)]
pub struct InputDefinition {
    /// Its name.
    pub name: Spanned<String>,
    /// Whether every caller gives it.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// The Rust type that provides it.
    pub rust: Option<RustBinding>,
}

/// `rust: { path, access }`.
#[derive(Clone, Debug)]
pub struct RustBinding {
    /// The type's path.
    pub path: String,
    /// How its attributes are read.
    pub access: Access,
}

/// Names of the envelope, which no input may take.
const RESERVED: &[&str] = &[
    "event_version",
    "occurred_at",
    "metadata",
    "idempotency_key",
    "aggregate_type",
    "aggregate_id",
    "aggregate_version",
];

/// Reads `inputs`.
pub(super) fn read_inputs(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Vec<InputDefinition> {
    if refuse_list(fields, "inputs", inputs_help, reporter) {
        return Vec::new();
    }
    let entries = fields.mapping("inputs", reporter);
    entries.iter().filter_map(|entry| read_input(entry, reporter)).collect()
}

fn read_input(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<InputDefinition> {
    let name = Spanned::new(entry.key.value.to_string(), entry.key.span);
    check_name(&name, "input", reporter);
    if RESERVED.contains(&name.value.as_str()) {
        let message = format!("an input cannot be called `{}`", name.value);
        let finding =
            reporter.finding(&rule::RESERVED_NAME, name.span, message).label("a field of the envelope");
        reporter
            .add(finding.help("the emit helper takes this for every event; remove the input or rename it"));
    }
    match &entry.value.value {
        Value::Scalar(scalar) => match scalar.text.as_ref() {
            "required" => Some(InputDefinition { name, required: true, description: None, rust: None }),
            "optional" => Some(InputDefinition { name, required: false, description: None, rust: None }),
            _ => {
                let finding = reporter
                    .finding(
                        &rule::UNKNOWN_VALUE,
                        entry.value.span,
                        format!("an input cannot be `{}`", scalar.text),
                    )
                    .label("one of `required`, `optional`, or a mapping")
                    .suggest(crate::suggest::nearest(&scalar.text, ["required", "optional"]));
                reporter.add(finding);
                Some(InputDefinition { name, required: true, description: None, rust: None })
            }
        },
        Value::Sequence(_) => {
            reporter.wrong_kind(&entry.value, "`required`, `optional` or a mapping");
            Some(InputDefinition { name, required: true, description: None, rust: None })
        }
        Value::Mapping(_) => read_full(name, entry, reporter),
    }
}

fn read_full(
    name: Spanned<String>,
    entry: &Entry<'_>,
    reporter: &mut Reporter<'_>,
) -> Option<InputDefinition> {
    let mut keys = Fields::of(&entry.value, "an input", reporter)?;
    let required = keys.boolean("required", reporter).is_none_or(|required| required.value);
    let description = keys.text("description", reporter).map(|text| text.value);
    let rust = keys.take("rust").and_then(|entry| read_rust(entry, reporter));
    keys.finish(reporter);
    Some(InputDefinition { name, required, description, rust })
}

fn read_rust(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<RustBinding> {
    let mut keys = Fields::of(&entry.value, "`rust`", reporter)?;
    let path = keys.required_text("path", reporter);
    let access = keys.choice("access", Access::ALL, reporter).map_or(Access::Field, |access| access.value);
    keys.finish(reporter);
    let path = path?;
    if !is_rust_path(&path.value) {
        let finding = reporter.finding(
            &rule::INVALID_NAME,
            path.span,
            format!("`{}` is no path of a Rust type", path.value),
        );
        reporter.add(finding.label("expected a path such as `crate::farm::Cow`"));
    }
    Some(RustBinding { path: path.value, access })
}

fn is_rust_path(path: &str) -> bool {
    let is_identifier = |part: &str| {
        let name = part.strip_prefix("r#").unwrap_or(part);
        name.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && name.chars().all(|c| c == '_' || c.is_alphanumeric())
    };
    path.strip_prefix("::").unwrap_or(path).split("::").all(is_identifier)
}
