use crate::event::ProcessType;
use crate::schema::{Schema, Version};

/// Which events are listed: those that agree with all that is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this domain.
    pub domain: Option<String>,
    /// Only those about this subject.
    pub subject: Option<String>,
    /// Only those that this owner answers for.
    pub owner: Option<String>,
    /// Only those that are delivered in this way.
    pub process_type: Option<ProcessType>,
    /// What becomes of retired ones.
    pub retired: Retired,
}

/// Whether events without a definition are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retired {
    /// They are not.
    #[default]
    Hidden,
    /// They are.
    Shown,
}

/// The latest versions of the events that a filter lets through, by name.
#[must_use]
pub fn rows<'s>(schema: &'s Schema, filter: &Filter) -> Vec<&'s Version> {
    let latest = schema.events.values().filter_map(|versions| versions.last());
    latest.filter(|version| filter.admits(version)).collect()
}

impl Filter {
    fn admits(&self, version: &Version) -> bool {
        let agrees = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        let metadata = &version.metadata;
        let is_visible = match self.retired {
            Retired::Hidden => !version.retired,
            Retired::Shown => true,
        };
        is_visible
            && agrees(&self.domain, &metadata.domain)
            && agrees(&self.subject, &metadata.subject)
            && agrees(&self.owner, &metadata.owner)
            && self.process_type.is_none_or(|wanted| wanted == metadata.process_type)
    }
}
