//! The outbox that a command works on, and the edge between it and the database.

mod unreachable;

use std::future::Future;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use evt_runtime::outbox::operator::{Entry, Filter, Operator, Outbox, OutboxError, Page};
use evt_runtime::outbox::set_max_payload;
use evt_runtime::types::{Timestamp, Uuid};

use super::interrupt::Interrupt;
use super::workspace::Workspace;
use crate::cli::{DatabaseArguments, OperatorArguments};
use crate::finding::Finding;
use crate::project::{OutboxSettings, parse_span};
use crate::rule::{self, Rule};
use crate::run::{Edge, Exit, Failure};
use crate::schema::Schema;
use crate::suggest::nearest;

/// The database, where nothing names one.
const DEFAULT_URL: &str = "sqlite:evt.db";

/// Is told how many rows are done, and says whether to go on.
pub(super) type Watch<'w> = dyn FnMut(u64) -> ControlFlow<()> + Send + 'w;

/// What a command on the outbox has at hand.
pub(super) struct Desk<'e> {
    pub(super) edge: &'e Edge,
    /// The project; an operator with an address needs none.
    workspace: Option<Workspace<'e>>,
    pub(super) settings: OutboxSettings,
    pub(super) outbox: Outbox,
    pub(super) runtime: tokio::runtime::Runtime,
}

impl<'e> Desk<'e> {
    /// Finds the outbox. Nothing is connected yet.
    pub(super) fn open(edge: &'e Edge, arguments: &DatabaseArguments) -> Result<Self, Failure> {
        let given = arguments.database.as_ref().or(edge.database_url.as_ref());
        let workspace = match (Workspace::open(edge), given) {
            (Ok(workspace), _) => Some(workspace),
            (Err(failure), Some(_)) if is_all(&failure, &rule::PROJECT_MISSING) => None,
            (Err(failure), _) => return Err(failure),
        };
        let mut settings =
            workspace.as_ref().map(|workspace| workspace.project.outbox.clone()).unwrap_or_default();
        settings.table = arguments.table.clone().unwrap_or(settings.table);
        set_max_payload(usize::try_from(settings.max_payload).unwrap_or(usize::MAX));
        let url = match (given, &workspace) {
            (Some(url), _) => rooted(url, &edge.folder),
            (None, Some(workspace)) => {
                rooted(settings.url.as_deref().unwrap_or(DEFAULT_URL), &workspace.root)
            }
            (None, None) => rooted(DEFAULT_URL, &edge.folder),
        };
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
                Failure::from(Finding::new(&rule::IO, format!("no runtime can be started: {error}")))
            })?;
        let outbox = {
            let _entered = runtime.enter();
            Outbox::open(&url, &settings.table).map_err(|error| failure(&error))?
        };
        Ok(Self { edge, workspace, settings, outbox, runtime })
    }

    /// Waits for the database.
    pub(super) fn wait<T>(&self, work: impl Future<Output = Result<T, OutboxError>>) -> Result<T, Failure> {
        self.runtime.block_on(work).map_err(|error| failure(&error))
    }

    /// The schema file, where it can be read.
    pub(super) fn schema(&self) -> Option<Schema> {
        self.schema_file()?.ok()
    }

    /// The schema file that new events are held against, and the source that they name.
    pub(super) fn project_schema(&self) -> Result<(Schema, String), Failure> {
        let Some(workspace) = &self.workspace else {
            let finding = Finding::new(
                &rule::PROJECT_MISSING,
                "no project is here whose schema file could tell what fits",
            );
            return Err(finding.help("`-C FOLDER` names one").into());
        };
        Ok((workspace.schema()?, workspace.project.source.clone().unwrap_or_default()))
    }

    /// The schema file of the project, or why it cannot be read; `None` outside of a project.
    pub(super) fn schema_file(&self) -> Option<Result<Schema, Failure>> {
        self.workspace.as_ref().map(Workspace::schema)
    }

    /// Findings with the severities of the project.
    pub(super) fn judge(&self, findings: Vec<Finding>) -> Vec<Finding> {
        match &self.workspace {
            Some(workspace) => workspace.project.judge(findings),
            None => findings,
        }
    }

    /// Who does it, and why.
    pub(super) fn operator(&self, arguments: &OperatorArguments) -> Result<Operator, Failure> {
        if arguments.actor.as_ref().is_some_and(|actor| actor.trim().is_empty()) {
            return Err(Finding::new(&rule::USAGE, "`--as` names nobody").into());
        }
        let actor = arguments.actor.clone().or_else(|| self.edge.user.clone());
        let operator = Operator::new(actor.unwrap_or_else(|| "unknown".to_owned()));
        Ok(match &arguments.reason {
            Some(reason) => operator.because(reason),
            None => operator,
        })
    }

    /// Asks a person whether `what` is to be done to this outbox.
    pub(super) fn confirm(&self, what: &str) -> Result<bool, Failure> {
        let (table, place) = (self.outbox.table_name(), self.outbox.place());
        Ok(self.edge.output.confirm(&format!("{what} of `{table}` in {place}?"))?)
    }

    /// The row that an id, or a place in the outbox, stands for; `None` if it is not there.
    pub(super) fn found(&self, text: &str) -> Result<Option<Entry>, Failure> {
        match self.id(text).and_then(|id| self.wait(self.outbox.entry(id))) {
            Ok(detail) => Ok(Some(detail.entry)),
            Err(failure) if is_all(&failure, &rule::NOT_FOUND) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Does an action on many rows, which says how many are done and asks whether to go on. Where it fails, `done` says
    /// what was done before.
    pub(super) fn watched<T>(
        &self,
        progress: &'static str,
        done: impl Fn(u64) -> String,
        work: impl AsyncFnOnce(&mut Watch<'_>) -> Result<T, OutboxError>,
    ) -> Result<T, Failure> {
        let output = &self.edge.output;
        let (interrupt, progress) = (Interrupt::new(), output.progress(progress));
        let mut count = 0;
        let mut watch = |now| {
            count = now;
            progress.tell(now);
            interrupt.flow()
        };
        let ended = self.wait(interrupt.beside(work(&mut watch)));
        drop(progress);
        if ended.is_err() && count > 0 {
            output.note(&format!("{} before that; give it again to go on", done(count)));
        }
        ended
    }

    /// Refuses the name of an event that neither a row nor the schema file has.
    pub(super) fn event(&self, name: &str) -> Result<(), Failure> {
        let filter = Filter { event: Some(name.to_owned()), ..Filter::default() };
        if !self.wait(self.outbox.list(&filter, Page::first(1)))?.is_empty() {
            return Ok(());
        }
        let schema = self.schema();
        if schema.as_ref().is_some_and(|schema| schema.events.contains_key(name)) {
            return Ok(());
        }
        let names = schema.iter().flat_map(|schema| schema.events.keys().map(String::as_str));
        let bare = name.split_once('@').map_or(name, |(bare, _)| bare);
        let near = schema
            .as_ref()
            .and_then(|schema| schema.events.get_key_value(bare))
            .map(|(name, _)| name.as_str());
        let near = near.or_else(|| nearest(name, names));
        let where_not = if schema.is_some() {
            "neither the outbox nor the schema file holds"
        } else {
            "the outbox holds no row of"
        };
        let finding = Finding::new(&rule::NOT_FOUND, format!("{where_not} an event `{name}`"));
        Err(finding.suggest(near).or_help("`evt outbox stats` shows the events that wait").into())
    }

    /// That long ago, by the database's clock.
    pub(super) fn ago(&self, span: Duration) -> Result<Timestamp, Failure> {
        let now = self.wait(self.outbox.now())?;
        now.checked_sub(span)
            .map_err(|_| Finding::new(&rule::USAGE, "that is before there were clocks").into())
    }

    /// An instant, or that long ago by the database's clock.
    pub(super) fn instant(&self, option: &str, text: &str) -> Result<Timestamp, Failure> {
        if let Some(ago) = parse_span(text) {
            return self.ago(ago);
        }
        let refused = || {
            let message = format!("`{option} {text}` is no time");
            Finding::new(&rule::USAGE, message)
                .help(
                    "an instant with its offset, such as `2026-11-21T03:00:00Z`, or a time ago, such as `2h`",
                )
                .into()
        };
        text.parse().map_err(|_| refused())
    }

    /// The id that an id, or a place in the outbox, stands for.
    pub(super) fn id(&self, text: &str) -> Result<Uuid, Failure> {
        match (text.parse::<Uuid>(), text.parse::<i64>()) {
            (_, Ok(seq)) => self.wait(self.outbox.id_at(seq)),
            (Ok(id), _) => Ok(id),
            (Err(_), Err(_)) => {
                let message = format!("`{text}` is no id of an event, and no place in the outbox");
                Err(Finding::new(&rule::USAGE, message).help("`evt outbox list` shows both").into())
            }
        }
    }

    /// The place in the outbox that an id, or a place, stands for.
    pub(super) fn place(&self, text: &str) -> Result<i64, Failure> {
        match text.parse() {
            Ok(seq) => Ok(seq),
            Err(_) => Ok(self.wait(self.outbox.entry(self.id(text)?))?.entry.seq),
        }
    }
}

fn is_all(failure: &Failure, rule: &Rule) -> bool {
    failure.findings.iter().all(|finding| finding.rule.id == rule.id)
}

/// The address with the path of an SQLite file below `folder`, unless it is absolute or in memory.
fn rooted(url: &str, folder: &Path) -> String {
    let Some(rest) = url.strip_prefix("sqlite:") else { return url.to_owned() };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.starts_with('/') || path.starts_with(":memory:") || path.starts_with("file:") {
        return url.to_owned();
    }
    format!("sqlite:{}", folder.join(path).display())
}

/// What the database said, as a finding with the way out.
pub(super) fn failure(error: &OutboxError) -> Failure {
    let message = error.to_string();
    let (rule, help) = match error {
        OutboxError::Unknown { .. } => (&rule::NOT_FOUND, Some("`evt outbox list` shows what there is")),
        OutboxError::State { .. } => (&rule::NOT_FOUND, Some("`evt outbox show ID` tells what became of it")),
        OutboxError::Address { .. } | OutboxError::Table { .. } => (
            &rule::USAGE,
            Some(
                "`postgres://user@host/database` or `sqlite:PATH`, by `--database`, DATABASE_URL or [database] url of evt.toml",
            ),
        ),
        OutboxError::Nul { .. } => (&rule::USAGE, None),
        OutboxError::NoSchema { .. } => (&rule::DATABASE, Some("`CREATE SCHEMA` makes one")),
        OutboxError::NotMigrated { .. } => (&rule::DATABASE, Some("`evt outbox migrate` creates it")),
        OutboxError::TooNew { .. } => (&rule::DATABASE, Some("install a newer evt")),
        OutboxError::Denied { .. } => (
            &rule::DATABASE,
            Some(
                "`evt outbox migrate --grants ROLE` prints what a role that writes events needs, `--operator` what one \
                 needs that looks and mends, `--relay` what a relay needs",
            ),
        ),
        OutboxError::Busy { .. } | OutboxError::TimedOut { .. } => (&rule::DATABASE, Some("try again")),
        OutboxError::Event(_) | OutboxError::Content { .. } => (&rule::PAYLOAD, None),
        _ => (&rule::DATABASE, None),
    };
    let finding = Finding::new(rule, message);
    let finding = match (error, help) {
        (OutboxError::Unreachable { place, reason }, _) => finding.help(unreachable::help(place, reason)),
        (_, Some(help)) => finding.help(help),
        (_, None) => finding,
    };
    let exit =
        if [rule::NOT_FOUND.id, rule::PAYLOAD.id].contains(&rule.id) { Exit::Found } else { Exit::Machine };
    if rule.id == rule::USAGE.id { finding.into() } else { Failure { exit, findings: vec![finding] } }
}
