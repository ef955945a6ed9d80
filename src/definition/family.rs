use std::sync::Arc;

use super::event::{Body, EventDefinition};
use super::field::read_payload;
use super::inputs::read_inputs;
use super::notes::read_deprecation;
use super::policy::{read_accepts, read_allow};
use super::read::{check_name, rust_name};
use super::{Completeness, Payload};
use crate::event::{Acceptance, Allowance};
use crate::rule;
use crate::source::{Entry, Fields, Node, Reporter, Span, Spanned};
use crate::suggest;

/// Reads a document with `lifecycle`: one event a verb.
pub(super) fn read_family(node: &Node<'_>, reporter: &mut Reporter<'_>) -> Vec<EventDefinition> {
    let Some(mut fields) = Fields::of(node, "a lifecycle family", reporter) else { return Vec::new() };
    let verbs = read_verbs(&mut fields, reporter);
    if fields.find("subject").is_none() {
        fields.missing("subject");
    }
    let body = Body::read(&mut fields, reporter);
    let additions = fields.mapping("on", reporter);
    let additions: Vec<Addition> =
        additions.iter().filter_map(|entry| Addition::read(entry, &verbs, reporter)).collect();
    fields.finish(reporter);
    let Some(body) = body else { return Vec::new() };
    let Some(subject) = body.subject.clone() else { return Vec::new() };
    verbs
        .into_iter()
        .map(|verb| {
            let name = Spanned::new(format!("{}_{}", subject.value, verb.value), verb.span);
            let plain = EventDefinition {
                file: Arc::clone(reporter.file()),
                name,
                renamed_from: None,
                rust_name: None,
                body: body.clone(),
            };
            match additions.iter().find(|addition| addition.verb.value == verb.value) {
                Some(addition) => addition.apply(plain, reporter),
                None => plain,
            }
        })
        .collect()
}

fn read_verbs(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Vec<Spanned<String>> {
    let Some(entry) = fields.find("lifecycle") else { return Vec::new() };
    let items = fields.list("lifecycle", reporter).unwrap_or_default();
    if items.is_empty() && entry.value.kind() == "a list" {
        let finding = reporter.finding(&rule::LIFECYCLE_VERB, entry.value.span, "a family needs a verb");
        reporter.add(finding.label("none here"));
    }
    let mut verbs: Vec<Spanned<String>> = Vec::with_capacity(items.len());
    for item in items {
        let Some(scalar) = item.scalar().filter(|scalar| !scalar.text.is_empty()) else {
            reporter.wrong_kind(item, "a verb");
            continue;
        };
        let verb = Spanned::new(scalar.text.to_string(), item.span);
        check_name(&verb, "verb", reporter);
        if let Some(first) = verbs.iter().find(|first| first.value == verb.value) {
            let finding = reporter
                .finding(&rule::LIFECYCLE_VERB, verb.span, format!("the verb `{}` stands twice", verb.value))
                .label("again here")
                .related(reporter.file(), first.span, "first here");
            reporter.add(finding);
            continue;
        }
        verbs.push(verb);
    }
    verbs
}

/// What `on` adds to one verb.
struct Addition {
    verb: Spanned<String>,
    own: Own,
}

/// The keys of one verb.
struct Own {
    inputs: Vec<super::InputDefinition>,
    payload: Payload,
    description: Option<String>,
    owner: Option<String>,
    deprecated: Option<Box<crate::event::Deprecation>>,
    renamed_from: Option<Spanned<String>>,
    rust_name: Option<String>,
    allow: Vec<Allowance>,
    accepts: Vec<Acceptance>,
}

impl Addition {
    fn read(entry: &Entry<'_>, verbs: &[Spanned<String>], reporter: &mut Reporter<'_>) -> Option<Self> {
        let verb = Spanned::new(entry.key.value.to_string(), entry.key.span);
        if !verbs.iter().any(|known| known.value == verb.value) {
            let finding = reporter
                .finding(
                    &rule::LIFECYCLE_VERB,
                    verb.span,
                    format!("`lifecycle` has no verb `{}`", verb.value),
                )
                .label("not in `lifecycle`")
                .suggest(suggest::nearest(&verb.value, verbs.iter().map(|verb| verb.value.as_str())));
            reporter.add(finding);
        }
        let mut keys = Fields::of(&entry.value, "a verb under `on`", reporter)?;
        let own = Own {
            inputs: read_inputs(&mut keys, reporter),
            payload: read_payload(&mut keys, reporter),
            description: keys.text("description", reporter).map(|text| text.value),
            owner: keys.text("owner", reporter).map(|text| text.value),
            deprecated: read_deprecation(&mut keys, reporter),
            renamed_from: keys.text("renamed_from", reporter),
            rust_name: rust_name(&mut keys, reporter),
            allow: read_allow(&mut keys, reporter),
            accepts: read_accepts(&mut keys, reporter),
        };
        keys.finish(reporter);
        Some(Self { verb, own })
    }

    fn apply(&self, mut event: EventDefinition, reporter: &mut Reporter<'_>) -> EventDefinition {
        let own = &self.own;
        for input in &own.inputs {
            match event.body.inputs.iter().find(|shared| shared.name.value == input.name.value) {
                Some(shared) => redeclared("input", &input.name, shared.name.span, reporter),
                None => event.body.inputs.push(input.clone()),
            }
        }
        for field in &own.payload.fields {
            match event.body.payload.fields.iter().find(|shared| shared.name.value == field.name.value) {
                Some(shared) => redeclared("field", &field.name, shared.name.span, reporter),
                None => event.body.payload.fields.push(field.clone()),
            }
        }
        let body = &mut event.body;
        if own.payload.completeness == Completeness::Partial {
            body.payload.completeness = Completeness::Partial;
        }
        body.policies.allow.extend_from_slice(&own.allow);
        body.policies.accepts.extend_from_slice(&own.accepts);
        body.description = own.description.clone().or(body.description.take());
        body.owner = own.owner.clone().or(body.owner.take());
        body.deprecated = own.deprecated.clone().or(body.deprecated.take());
        event.renamed_from.clone_from(&own.renamed_from);
        event.rust_name.clone_from(&own.rust_name);
        event
    }
}

fn redeclared(what: &str, name: &Spanned<String>, first: Span, reporter: &mut Reporter<'_>) {
    let finding = reporter
        .finding(
            &rule::LIFECYCLE_REDECLARED,
            name.span,
            format!("the {what} `{}` is shared by all verbs", name.value),
        )
        .label("declared again")
        .related(reporter.file(), first, "shared here")
        .help("remove one of the two");
    reporter.add(finding);
}
