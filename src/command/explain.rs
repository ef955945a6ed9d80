use std::fmt::Write as _;

use serde_json::json;

use super::Ended;
use crate::cli::ExplainArguments;
use crate::finding::Finding;
use crate::output::Format;
use crate::rule::{self, Rule, Scope, Severity};
use crate::run::{Edge, Exit};
use crate::suggest;

/// `evt rules`.
pub(super) fn rules(edge: &Edge) -> Ended {
    let mut out = String::new();
    for rule in rule::all() {
        let line = match edge.output.format {
            Format::Json => format!("{}\n", row(rule)),
            Format::Text => {
                let mark = if rule.scope == Scope::Fixed { "!" } else { "" };
                let severity = format!("{}{mark}", severity(rule));
                let heading = format!("{:<28} {:<10} {severity:<6}", rule.id, rule.category);
                edge.output.beside(&heading, rule.why)
            }
        };
        out.push_str(&line);
    }
    edge.output.result(&out);
    edge.output.note("`!`: always so; the other severities can be set under `[rules]` in evt.toml");
    Ok(Exit::Fine)
}

/// The severity that a rule has by default.
fn severity(rule: &Rule) -> String {
    rule.default_severity().map_or_else(|| "off".to_owned(), |severity| severity.to_string())
}

fn row(rule: &Rule) -> serde_json::Value {
    let mut row = json!({
        "id": rule.id,
        "category": rule.category.to_string(),
        "severity": severity(rule),
        "why": rule.why,
        "adjustable": rule.scope != Scope::Fixed,
    });
    if let Some(compat) = &rule.compat {
        let told = |severity: Option<Severity>| severity.map(|severity| severity.to_string());
        row["compat"] = json!({
            "kind": compat.kind.to_string(),
            "backward": told(compat.backward),
            "forward": told(compat.forward),
            "full": told(compat.full),
            "instead": compat.way_out,
        });
    }
    row
}

/// `evt explain`.
pub(super) fn run(arguments: &ExplainArguments, edge: &Edge) -> Ended {
    let Some(rule) = rule::find(&arguments.rule) else {
        let finding = Finding::new(&rule::NOT_FOUND, format!("no rule is called `{}`", arguments.rule));
        let near = suggest::nearest(&arguments.rule, rule::all().map(|rule| rule.id));
        return Err(finding.suggest(near).or_help("`evt rules` lists them").into());
    };
    match edge.output.format {
        Format::Json => {
            let mut row = row(rule);
            row["bad"] = json!(rule.bad);
            row["good"] = json!(rule.good);
            edge.output.result(&format!("{row}\n"));
        }
        Format::Text => edge.output.result(&page(rule)),
    }
    Ok(Exit::Fine)
}

fn page(rule: &Rule) -> String {
    let scope = match rule.scope {
        Scope::Fixed => "fixed".to_owned(),
        Scope::Adjustable | Scope::OptIn => {
            format!("set it in evt.toml: [rules] {} = \"error|warn|info|off\"", rule.id)
        }
    };
    let indented = |text: &str| {
        text.trim_matches('\n').lines().fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "    {line}");
            out
        })
    };
    let severity = match &rule.compat {
        None => severity(rule),
        Some(compat) => {
            let told = |severity: Option<Severity>| severity.map_or("–".to_owned(), |it| it.to_string());
            let [backward, forward, full] = [compat.backward, compat.forward, compat.full].map(told);
            format!("backward {backward}, forward {forward}, full {full}")
        }
    };
    let instead = rule.compat.as_ref().map_or(String::new(), |it| format!("Instead: {}\n\n", it.way_out));
    format!(
        "{}\n\n{}\n\n{instead}Severity: {severity} ({scope})\n\nBad:\n\n{}\nGood:\n\n{}",
        rule.id,
        rule.why,
        indented(rule.bad),
        indented(rule.good)
    )
}
