use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::prelude::*;

use super::accepted::is_accepted;
use super::breaks::{Break, Standing, breaks};
use super::mode::{Promise, effective_mode};
use super::places::Places;
use crate::check::Catalogue;
use crate::event::{CompatMode, Metadata};
use crate::finding::Finding;
use crate::project::Project;
use crate::rule::{self, CompatKind};
use crate::schema::{Schema, Version};

/// What stood, and what comes after it.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'c> {
    /// What stood.
    pub base: &'c Schema,
    /// What comes after it.
    pub schema: &'c Schema,
    /// The definitions of what comes: what is gone on purpose, they say.
    pub catalogue: &'c Catalogue,
    /// Where findings are put.
    pub places: Places<'c>,
    /// Its settings.
    pub project: &'c Project,
    /// The settings that held where the base stood.
    pub before: &'c Project,
    /// A mode for all events, whatever they say.
    pub mode: Option<CompatMode>,
    /// The day on which this is asked.
    pub today: Date,
}

impl Comparison<'_> {
    /// All that is broken and was neither accepted nor allowed, in no order, with the severities of the modes.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let events: Vec<_> = self.base.events.iter().collect();
        let events = events.into_par_iter().with_min_len(64);
        let mut findings: Vec<_> = events.flat_map_iter(|(name, old)| self.of_event(name, old)).collect();
        let is_new = |(name, _): &(&String, &Vec<Version>)| !self.base.events.contains_key(*name);
        for (name, versions) in self.schema.events.iter().filter(is_new) {
            let latest = versions.last().filter(|latest| !latest.metadata.allow.is_empty());
            findings.extend(
                latest.into_iter().flat_map(|new| self.without_allowed(name, &new.metadata, Vec::new())),
            );
        }
        findings.extend(self.settings());
        findings
    }

    fn of_event(&self, name: &str, old: &[Version]) -> Vec<Finding> {
        let now = self.schema.events.get(name).map_or(&[][..], Vec::as_slice);
        // What is not there at all is lost history.
        let (Some(latest), Some(new)) = (old.last(), now.last()) else { return Vec::new() };
        let is_same = latest.fingerprint == new.fingerprint
            && latest.retired == new.retired
            && latest.metadata == new.metadata;
        if is_same && new.metadata.allow.is_empty() {
            return Vec::new();
        }
        let mode = self.mode_of(&new.metadata);
        if new.retired {
            return self.removed(name, latest, new, mode).into_iter().collect();
        }
        let standing = Standing { versions: old, mode: self.mode_of(&latest.metadata) };
        let mut found = breaks(standing, new, mode);
        found.retain(|found| !is_accepted(found, now));
        self.without_allowed(name, &new.metadata, found)
    }

    /// By today's settings: what these no longer promise is told once, not of every event.
    fn mode_of(&self, metadata: &Metadata) -> CompatMode {
        self.mode.unwrap_or_else(|| effective_mode(metadata, self.project))
    }

    /// What the settings no longer promise.
    fn settings(&self) -> Vec<Finding> {
        let (before, now) = (self.before, self.project);
        if self.mode.is_some() {
            return Vec::new();
        }
        let domains: BTreeSet<_> =
            before.compat_by_domain.keys().chain(now.compat_by_domain.keys()).collect();
        let of = |project: &Project, domain: &String| {
            project.compat_by_domain.get(domain).copied().unwrap_or(project.compat)
        };
        let of_domains = domains.into_iter().filter(|domain| {
            // A domain that said nothing of its own goes with the project.
            before.compat_by_domain.contains_key(*domain) || of(now, domain) != now.compat
        });
        let of_domains = of_domains
            .map(|domain| (format!("`[compat] domain` `{domain}`"), of(before, domain), of(now, domain)));
        let of_all = std::iter::once(("`[compat] mode`".to_owned(), before.compat, now.compat));
        of_all.chain(of_domains).filter_map(|(what, was, is)| weakened(&what, was, is)).collect()
    }

    /// The event went, and nobody was told.
    fn removed(&self, name: &str, old: &Version, new: &Version, mode: CompatMode) -> Option<Finding> {
        let deprecated = old.metadata.deprecated.as_ref();
        let is_over = deprecated.and_then(|it| it.sunset).is_some_and(|sunset| sunset < self.today);
        let is_told = self.catalogue.removed.contains_key(name) || new.renamed_to.is_some() || is_over;
        let severity = Promise::from(mode).severity(&rule::EVENT_REMOVED)?;
        if old.retired || is_told {
            return None;
        }
        let message = format!("`{name}` is gone, and nothing says why");
        let gone = Finding::new(&rule::EVENT_REMOVED, message).event(name).version(old.number);
        let way_out = rule::EVENT_REMOVED.compat.as_ref().map_or("", |compat| compat.way_out);
        Some(self.places.placed(Finding { severity, ..gone.help(way_out) }, name, None))
    }

    /// The breaks that no `allow` of the event lets pass, and what is wrong with those.
    fn without_allowed(&self, name: &str, metadata: &Metadata, mut found: Vec<Break>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for allowance in &metadata.allow {
            if rule::find(&allowance.rule).is_none_or(|rule| rule.compat.is_none()) {
                continue;
            }
            let is_met = found.iter().any(|found| found.rule.id == allowance.rule);
            let is_over = allowance.until.is_some_and(|until| until < self.today);
            if !is_over {
                found.retain(|found| found.rule.id != allowance.rule);
            }
            if is_met && !is_over {
                continue;
            }
            let (rule, message) = match allowance.until.filter(|_| is_over) {
                Some(until) => {
                    (&rule::ALLOW_EXPIRED, format!("`{name}` allowed `{}` until {until}", allowance.rule))
                }
                None => (
                    &rule::ALLOW_UNUSED,
                    format!("`{name}` allows `{}`, which it does not break", allowance.rule),
                ),
            };
            let finding = Finding::new(rule, message).event(name).help("remove it from `allow`");
            findings.push(self.places.placed(finding, name, None));
        }
        findings.extend(found.iter().map(|found| told(name, found, &self.places)));
        findings
    }
}

fn weakened(what: &str, was: CompatMode, is: CompatMode) -> Option<Finding> {
    let before = Promise::from(was);
    let severity = before.severity(&rule::COMPAT_WEAKENED)?;
    let message = format!("{what} was `{was}`, and is `{is}`: events promise less than before");
    let finding = Finding::new(&rule::COMPAT_WEAKENED, message);
    Promise::from(is).lacks(before).then_some(Finding { severity, ..finding })
}

/// A break of an event as a finding.
pub(super) fn told(name: &str, found: &Break, places: &Places<'_>) -> Finding {
    let rule = found.rule;
    let finding = Finding::new(rule, format!("`{name}`: {}", found.message)).event(name);
    let mut finding = finding.versions(Some(found.from_version), Some(found.to_version));
    let compat = rule.compat.as_ref();
    let shown = match &found.witness {
        Some(witness) => format!("\n{}: {}", witness.words, witness.payload),
        None if compat.is_some_and(|compat| compat.kind == CompatKind::Structural) => {
            "\nno payload was found that shows it".to_owned()
        }
        None => String::new(),
    };
    finding = finding.why(format!("{}{shown}", rule.why));
    if let Some(compat) = compat {
        finding = finding.help(compat.way_out);
    }
    finding.severity = found.severity;
    finding.witness = found.witness.as_ref().map(|witness| witness.payload.clone());
    let finding = places.placed(finding, name, found.path.as_deref());
    match &found.path {
        Some(path) => finding.path(path),
        None => finding,
    }
}
