//! All code of one event.

use super::emit::Helper;
use super::inputs::Reading;
use super::pool::Pool;
use super::rust_type::Prefixes;
use super::scope::Collision;
use super::shared::Shared;
use super::text::Code;
use super::upcast::Upcasts;
use super::uses::{Uses, Way};
use super::version::{self, Standing, VersionModule};
use crate::project::Versions;
use crate::schema::Version;

/// How an event is called in Rust.
#[derive(Clone, Debug)]
pub(super) struct EventNames {
    /// Its function and its module.
    pub(super) function: String,
    /// Its payload.
    pub(super) payload: String,
}

/// An event as it was written.
pub(super) struct EventCode<'s> {
    /// What stands in the root, in pieces.
    pub(super) texts: Vec<String>,
    /// What it reads of its inputs.
    pub(super) readings: Vec<Reading<'s>>,
    /// The steps that only its author can write.
    pub(super) steps: Vec<String>,
    pub(super) collisions: Vec<Collision>,
}

/// Writes an event with its versions.
pub(super) fn write<'s>(
    history: &'s [Version],
    names: &'s EventNames,
    versions: Versions,
    shared: &'s Shared<'s>,
    none: &'s Shared<'s>,
) -> Option<EventCode<'s>> {
    let latest = history.last()?;
    let kept = match versions {
        Versions::All => history,
        Versions::Latest => std::slice::from_ref(latest),
    };
    let modules = modules(kept, latest, names, (shared, none));
    let event = latest.contract.event_name.as_str();
    let upcasts = Upcasts::of(event, names, history, versions);
    let members = &modules.last()?.members;
    let uses = Uses::of(latest, members);
    let helper = (!latest.retired).then_some(Helper { version: latest, names, members, uses: &uses });
    let mut collisions = Vec::new();
    let steps = upcasts.traits().iter().map(|step| format!("{}::{step}", names.function)).collect();
    let readings = if latest.retired { Vec::new() } else { readings(latest, names, &uses) };
    let head = head(latest, names, helper.as_ref(), &upcasts, &mut collisions);
    let mut texts = vec![head];
    for module in modules {
        collisions.extend(module.collisions);
        texts.push(module.text);
    }
    texts.push("}\n".to_owned());
    Some(EventCode { texts, readings, steps, collisions })
}

/// What stands above the versions: the helper, and the head of the module.
fn head(
    latest: &Version,
    names: &EventNames,
    helper: Option<&Helper<'_, '_>>,
    upcasts: &Upcasts<'_>,
    collisions: &mut Vec<Collision>,
) -> String {
    let mut code = Code::with_capacity(8 * 1024, 0);
    code.line("");
    code.line(format_args!("pub use self::{}::v{}::{};", names.function, latest.number, names.payload));
    code.line("");
    if let Some(helper) = helper {
        helper.function(&mut code);
        code.line("");
    }
    document(&mut code, latest);
    code.open(format_args!("pub mod {} {{", names.function));
    code.line(format_args!("pub use self::v{} as latest;", latest.number));
    code.line("");
    if let Some(helper) = helper {
        helper.inputs(&mut code, &upcasts.traits(), collisions);
        code.line("");
    }
    upcasts.write(&mut code);
    code.into_text()
}

/// What is said of the module.
fn document(code: &mut Code, latest: &Version) {
    let event = latest.contract.event_name.as_str();
    let otherwise = if latest.retired { "The retired event" } else { "The event" };
    match &latest.renamed_to {
        Some(successor) => {
            code.line(format_args!("/// {otherwise} `{event}`, which goes on as `{successor}`."));
            code.line("///");
            code.line(format_args!(
                "/// What was stored as `{event}` is read as `{event}`, by the `read` of this module."
            ));
        }
        None => code.line(format_args!("/// {otherwise} `{event}`.")),
    }
}

/// The modules of all versions. `none` holds no types: history has its own, and shares those of later versions.
fn modules<'s>(
    kept: &'s [Version],
    latest: &Version,
    names: &EventNames,
    (shared, none): (&'s Shared<'s>, &'s Shared<'s>),
) -> Vec<VersionModule<'s>> {
    let mut pool = Pool::default();
    let latest_first = kept.iter().rev().map(|version| {
        let is_live = version.number == latest.number && !latest.retired;
        let (standing, shared) = if is_live { (Standing::Live, shared) } else { (Standing::Past, none) };
        version::write(version, &names.payload, standing, shared, &mut pool)
    });
    let mut modules: Vec<_> = latest_first.collect();
    modules.reverse();
    modules
}

fn readings<'s>(latest: &'s Version, names: &EventNames, uses: &Uses<'s>) -> Vec<Reading<'s>> {
    let version = format!("{}::v{}::", names.function, latest.number);
    let place = Prefixes { version: &version, types: "types::", primitives: "::core::primitive::" };
    let mut readings = Vec::new();
    for input in &uses.inputs {
        let Way::Read(attributes) = &input.way else { continue };
        let provider = latest.metadata.inputs.get(input.name).and_then(|notes| notes.rust.as_ref());
        for attribute in attributes {
            readings.push(Reading {
                event: &latest.contract.event_name,
                version: latest.number,
                input: input.name,
                attr: attribute.name,
                provider: provider.map(|provider| (provider, attribute.rust().at(&place))),
            });
        }
    }
    readings
}
