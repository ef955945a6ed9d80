//! Reading rows of any version as the latest.

use super::event::EventNames;
use super::layout::{Type, attribute, signature};
use super::step::{Step, between};
use super::text::{Code, string};
use crate::project::Versions;
use crate::schema::Version;
use crate::visible::visible;

/// The steps of an event that its author writes, by the version that they start from.
pub(super) struct Upcasts<'s> {
    event: &'s str,
    module: &'s str,
    latest: u32,
    payload: &'s str,
    /// What stops a version from being read as the next one, by its number.
    breaks: Vec<(u32, Break)>,
    versions: Versions,
}

/// What stops a version from being read as the next one.
enum Break {
    Rewritten,
    Yours(Vec<String>),
}

impl<'s> Upcasts<'s> {
    pub(super) fn of(event: &'s str, names: &'s EventNames, history: &[Version], versions: Versions) -> Self {
        let latest = history.last().map_or(1, |version| version.number);
        let mut breaks = Vec::new();
        if versions == Versions::All {
            for (old, new) in history.iter().zip(history.iter().skip(1)) {
                match between(old, new) {
                    Step::Same => {}
                    Step::Rewritten => breaks.push((old.number, Break::Rewritten)),
                    Step::Yours(reasons) => breaks.push((old.number, Break::Yours(reasons))),
                }
            }
        }
        let (module, payload) = (names.function.as_str(), names.payload.as_str());
        Self { event, module, latest, payload, breaks, versions }
    }

    /// The names of the traits that a reader implements.
    pub(super) fn traits(&self) -> Vec<String> {
        self.yours(0).map(trait_name).collect()
    }

    /// The versions above `from`, or it, that only their author can bring on.
    fn yours(&self, from: u32) -> impl Iterator<Item = u32> {
        let yours = self.breaks.iter().filter(|(_, kind)| matches!(kind, Break::Yours(_)));
        yours.map(|(number, _)| *number).filter(move |number| *number >= from)
    }

    /// The traits, and `read`.
    pub(super) fn write(&self, code: &mut Code) {
        for (number, kind) in &self.breaks {
            if let Break::Yours(reasons) = kind {
                self.step_trait(code, *number, reasons);
                code.line("");
            }
        }
        self.read(code);
        for index in 0..self.breaks.len() {
            code.line("");
            self.after(code, index);
        }
    }

    fn step_trait(&self, code: &mut Code, from: u32, reasons: &[String]) {
        let (event, to, payload) = (self.event, from + 1, self.payload);
        code.line(format_args!(
            "/// The step from version {from} to version {to}, which only you can write."
        ));
        code.line("///");
        for (index, reason) in reasons.iter().enumerate() {
            let end = if index + 1 == reasons.len() { "." } else { ";" };
            code.line(format_args!("/// {}{end}", visible(reason)));
        }
        let mut args = vec![
            format!(
                "message = {}",
                string(&format!("`{event}` version {from} cannot be read as version {to} without a step"))
            ),
            format!("label = \"implement `{}::{}` for this type\"", self.module, trait_name(from)),
        ];
        // Braces would be taken for parameters.
        let notes = reasons.iter().map(|reason| reason.replace('{', "{{").replace('}', "}}"));
        let written = std::iter::once(format!("the step: `{}`", signature_of(self.module, payload, from)));
        args.extend(notes.chain(written).map(|note| format!("note = {}", string(&note))));
        code.line(attribute("diagnostic::on_unimplemented", &args, code.indent()));
        code.open(format_args!("pub trait {} {{", trait_name(from)));
        code.line(format_args!("/// Makes a version {to} of a version {from}."));
        code.line("///");
        code.line("/// # Errors");
        code.line("/// A payload of which none can be made.");
        let result = result_of(&format!("v{to}::{payload}"), "::evt_runtime::StepError");
        let params = [format!("old: v{from}::{payload}")];
        code.line(signature(&format!("fn {}", step_name(from)), &params, &result, code.indent(), ";"));
        code.close("}");
    }

    fn read(&self, code: &mut Code) {
        let (event, latest) = (self.event, self.latest);
        code.line(format_args!("/// Reads a stored `{event}` of any version as version {latest}."));
        code.line("///");
        code.line("/// `U` takes the steps that only you can write; where there are none, it is `()`.");
        code.line("///");
        code.line("/// # Errors");
        code.line("/// A payload that does not fit, or a step that cannot be taken.");
        let params = ["row: &::evt_runtime::Row".to_owned()];
        self.function(code, "pub fn read", 0, &params);
        if self.versions == Versions::Latest && latest > 1 {
            code.open(format_args!("if row.event_version < {latest} {{"));
            code.line(format_args!("return ::core::result::Result::Err(row.unknown_version({latest}));"));
            code.close("}");
        }
        for (number, _) in &self.breaks {
            code.open(format_args!("if row.event_version <= {number} {{"));
            code.line(format_args!("return after_v{number}::<U>(row, row.payload_as({number})?);"));
            code.close("}");
        }
        code.line(format_args!("row.payload_as({latest})"));
        code.close("}");
    }

    /// The version up to which a payload of the version behind `number` is read as it is.
    fn next_stop(&self, number: u32) -> u32 {
        self.breaks.iter().map(|(next, _)| *next).find(|next| *next > number).unwrap_or(self.latest)
    }

    /// The way from one break to the latest version.
    fn after(&self, code: &mut Code, index: usize) {
        let (number, kind) = &self.breaks[index];
        let (next, stop) = (number + 1, self.next_stop(*number));
        let params = ["row: &::evt_runtime::Row".to_owned(), format!("old: v{number}::{}", self.payload)];
        self.function(code, &format!("fn after_v{number}"), *number, &params);
        let mut value = match kind {
            Break::Rewritten => format!("row.carry(&old, {stop})?"),
            Break::Yours(_) => {
                let error = format!("row.failed_step({next}, step)");
                code.open(format_args!("let new = match U::{}(old) {{", step_name(*number)));
                code.line("::core::result::Result::Ok(new) => new,");
                code.open("::core::result::Result::Err(step) => {");
                code.line(format_args!("return ::core::result::Result::Err({error});"));
                code.close("}");
                code.close("};");
                "new".to_owned()
            }
        };
        if matches!(kind, Break::Yours(_)) && stop != next {
            value = format!("row.carry(&new, {stop})?");
        }
        if stop == self.latest {
            code.line(match value.strip_suffix('?') {
                Some(carried) => carried.to_owned(),
                None => format!("::core::result::Result::Ok({value})"),
            });
        } else {
            if value != "new" {
                code.line(format_args!("let new = {value};"));
            }
            code.line(format_args!("after_v{stop}::<U>(row, new)"));
        }
        code.close("}");
    }

    /// The head of a function that gives the latest version, starting behind version `from`.
    fn function(&self, code: &mut Code, head: &str, from: u32, params: &[String]) {
        let result = result_of(&format!("v{}::{}", self.latest, self.payload), "::evt_runtime::ReadError");
        let bounds: Vec<String> = self.yours(from).map(trait_name).collect();
        let end = if bounds.is_empty() { " {" } else { "" };
        code.line(signature(&format!("{head}<U>"), params, &result, code.indent(), end));
        if !bounds.is_empty() {
            code.line("where");
            for bound in bounds {
                code.line(format_args!("    U: {bound},"));
            }
            code.line("{");
        }
        code.indent_in();
    }
}

pub(super) fn trait_name(from: u32) -> String {
    format!("V{from}ToV{}", from + 1)
}

/// The function of a step, as it is written beside the generated file.
pub(super) fn step_signature(names: &EventNames, from: u32) -> String {
    signature_of(&names.function, &names.payload, from)
}

fn signature_of(module: &str, payload: &str, from: u32) -> String {
    let (name, to) = (step_name(from), from + 1);
    format!("fn {name}(old: {module}::v{from}::{payload}) -> Result<{module}::v{to}::{payload}, StepError>")
}

fn step_name(from: u32) -> String {
    format!("v{from}_to_v{}", from + 1)
}

pub(super) fn result_of(value: &str, error: &str) -> Type {
    Type::of("::core::result::Result", vec![Type::plain(value), Type::plain(error)])
}
