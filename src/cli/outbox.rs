//! The arguments of the commands that need a database.

use std::net::SocketAddr;

use clap::{Args, Subcommand};

/// `evt outbox`.
#[derive(Debug, Subcommand)]
pub(crate) enum OutboxCommand {
    /// Create the tables of the outbox, or bring them up to date
    #[command(
        after_help = "Doing it twice, or by two at once, does no harm. An SQLite file that is not there is made.\n\n\
        Example:\n  evt outbox migrate --print"
    )]
    Migrate(MigrateArguments),
    /// Write events: one from the arguments, or many from lines of JSON
    #[command(
        after_help = "What is written is held against the schema file first. Each line of --from is an object with event \
        and payload, and if wanted version, metadata, idempotency_key, aggregate {type, id, version}, occurred_at and \
        partition_key. All lines are one transaction. A line:\n\n  \
        {\"event\": \"cow_fed\", \"payload\": {\"weight\": 2.5}}\n\n\
        Example:\n  evt outbox enqueue something_happened --payload '{\"name\": \"by hand\"}'"
    )]
    Enqueue(Box<EnqueueArguments>),
    /// Publish what is stored: until it is told to stop, or once
    #[command(
        after_help = "Several at once share the work. Who is killed is followed by another one, which may send again what \
        was in hand. With --once: exit 0 where nothing is left, 1 where rows wait for their next attempt or a dead \
        letter, or are paused, 4 where the destination or the database cannot be reached. Where events went to another destination \
        until now it ends with 3. With --listen, /readyz answers 503 \
        where nothing can be published, and why. With --once, only --listen itself counts, not [relay] listen.\n\n\
        Examples:\n  evt outbox publish --to stdout: --once\n  evt outbox publish --to stdout: --once --listen 127.0.0.1:0"
    )]
    Publish(Box<PublishArguments>),
    /// List the relays: who publishes where, and how they fare
    #[command(after_help = "Example:\n  evt outbox relays")]
    Relays(DatabaseArguments),
    /// List rows, newest first
    #[command(after_help = "Example:\n  evt outbox list --state retrying --since 1h")]
    List(ListRowsArguments),
    /// Show one row with its payload, its attempts and what became of it
    #[command(after_help = "Example:\n  evt outbox show 1")]
    Show(ShowRowArguments),
    /// Count the rows by state and event
    #[command(after_help = "Example:\n  evt outbox stats")]
    Stats(DatabaseArguments),
    /// List what operators did, latest first
    #[command(after_help = "Example:\n  evt outbox audit --limit 10")]
    Audit(AuditArguments),
    /// Stop publishing, of one event or of all; writers go on
    #[command(after_help = "Example:\n  evt outbox pause --event something_happened --reason maintenance")]
    Pause(PauseArguments),
    /// Go on publishing, of one event or of all that was paused together
    #[command(after_help = "Example:\n  evt outbox resume --event something_happened")]
    Resume(PauseArguments),
    /// Remove rows that were published or discarded long ago
    #[command(
        after_help = "Pending rows and dead letters are never removed. Without --older-than it is [outbox] retention of \
        evt.toml that counts.\n\nExample:\n  evt outbox cleanup --older-than 30d --dry-run"
    )]
    Cleanup(CleanupArguments),
    /// Check that all is well with the outbox; exit 1 where it is not, saying why and what to do
    #[command(after_help = "[doctor] of evt.toml says how much may wait, [rules] how bad a finding is.\n\n\
        Example:\n  evt outbox doctor")]
    Doctor(DatabaseArguments),
}

/// `evt dead-letters`.
#[derive(Debug, Subcommand)]
pub(crate) enum DeadLettersCommand {
    /// List dead letters, newest first
    #[command(after_help = "Example:\n  evt dead-letters list --group-by error")]
    List(ListDeadArguments),
    /// Show one dead letter with its payload and its attempts
    #[command(after_help = "Example:\n  evt dead-letters show 1")]
    Show(ShowRowArguments),
    /// Send dead letters again
    #[command(
        after_help = "Rows whose key went on without them stay, unless --allow-reorder is given. What is \
        sent with --payload or --upcast is a new row with a new id, which replaces the other and keeps its place. Where a \
        filter matches nothing it ends with 1, where --all does with 0.\n\n\
        Example:\n  evt dead-letters retry --error 503 --dry-run"
    )]
    Retry(RetryArguments),
    /// Give dead letters up; a key that waited for one goes on
    #[command(after_help = "Example:\n  evt dead-letters discard --event something_happened --dry-run")]
    Discard(DiscardArguments),
}

impl OutboxCommand {
    /// As it is typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Migrate(_) => "outbox migrate",
            Self::Enqueue(_) => "outbox enqueue",
            Self::Publish(_) => "outbox publish",
            Self::Relays(_) => "outbox relays",
            Self::List(_) => "outbox list",
            Self::Show(_) => "outbox show",
            Self::Stats(_) => "outbox stats",
            Self::Audit(_) => "outbox audit",
            Self::Pause(_) => "outbox pause",
            Self::Resume(_) => "outbox resume",
            Self::Cleanup(_) => "outbox cleanup",
            Self::Doctor(_) => "outbox doctor",
        }
    }
}

impl DeadLettersCommand {
    /// As it is typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "dead-letters list",
            Self::Show(_) => "dead-letters show",
            Self::Retry(_) => "dead-letters retry",
            Self::Discard(_) => "dead-letters discard",
        }
    }
}

/// Where the outbox is.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct DatabaseArguments {
    /// The database: postgres://… or sqlite:PATH, instead of the environment's and that of evt.toml
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// The outbox table, instead of that of evt.toml
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
}

/// Which rows.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArguments {
    /// Only rows of this event
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    /// Only rows of this aggregate
    #[arg(long, value_name = "TYPE/ID")]
    pub(crate) aggregate: Option<String>,
    /// Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), whatever the case of A to Z
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) error: Option<String>,
    /// Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant
    /// such as 2026-11-21T03:00:00Z, or a time ago such as 2h
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only rows stored, or dead, before TIME, as --since
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
}

/// Which part of a list.
#[derive(Clone, Debug, Args)]
pub(crate) struct PageArguments {
    /// At most N rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
    /// Only rows behind this place: the last PLACE of the page before
    #[arg(long, value_name = "PLACE")]
    pub(crate) after: Option<String>,
}

/// What a role needs.
#[derive(Debug, Args)]
pub(crate) struct GrantsArguments {
    /// Print what the PostgreSQL role ROLE needs to write events
    #[arg(long = "grants", value_name = "ROLE", conflicts_with = "status", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) role: Option<String>,
    /// With --grants: print what it needs to look, mend and clean up, instead
    #[arg(long, requires = "role")]
    pub(crate) operator: bool,
    /// With --grants: print what it needs to run a relay, instead
    #[arg(long, requires = "role", conflicts_with = "operator")]
    pub(crate) relay: bool,
}

/// `evt outbox migrate`.
#[derive(Debug, Args)]
pub(crate) struct MigrateArguments {
    /// Print the statements instead of running them; no connection is needed
    #[arg(long, conflicts_with = "status")]
    pub(crate) print: bool,
    #[command(flatten)]
    pub(crate) grants: GrantsArguments,
    /// Say which layout the tables have, and change nothing
    #[arg(long)]
    pub(crate) status: bool,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt outbox enqueue`.
#[derive(Debug, Args)]
pub(crate) struct EnqueueArguments {
    /// The event, of the latest version or of V
    #[arg(value_name = "EVENT[@V]", required_unless_present = "from", requires = "payload")]
    pub(crate) event: Option<String>,
    /// Its payload: JSON, @FILE, or - for standard input
    #[arg(long, value_name = "JSON", allow_hyphen_values = true)]
    pub(crate) payload: Option<String>,
    /// What is said beside it: a JSON object, @FILE, or -
    #[arg(long, value_name = "JSON")]
    pub(crate) metadata: Option<String>,
    /// What makes a second one of the same event a duplicate
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
    /// The thing that it changed, with its version after that
    #[arg(long, value_name = "TYPE/ID[@V]")]
    pub(crate) aggregate: Option<String>,
    /// When it happened, such as 2026-11-21T03:00:00Z, instead of now
    #[arg(long, value_name = "TIME")]
    pub(crate) occurred_at: Option<String>,
    /// What orders it, instead of its aggregate
    #[arg(long, value_name = "KEY")]
    pub(crate) partition_key: Option<String>,
    /// Many events: a file with one JSON object in each line, or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "event", "payload", "metadata", "idempotency_key", "aggregate", "occurred_at", "partition_key",
    ])]
    pub(crate) from: Option<String>,
    /// Write the good lines, and tell which are bad
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// What a duplicate is
    #[arg(long, value_name = "WHAT", default_value = "error")]
    pub(crate) on_duplicate: OnDuplicate,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `--on-duplicate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum OnDuplicate {
    /// An error
    Error,
    /// Nothing to speak of
    Skip,
}

/// `evt outbox publish`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct PublishArguments {
    /// Where to, instead of `[relay] to` of evt.toml
    #[arg(long, value_name = "URL")]
    pub(crate) to: Option<String>,
    #[arg(
        long,
        value_name = "TEMPLATE",
        help = "What the topic is called, with {event_name}, {domain}, {subject}, {event_version} or {aggregate_type}"
    )]
    pub(crate) topic: Option<String>,
    /// Send the whole `CloudEvents` envelope as the message, instead of its attributes as headers
    #[arg(long)]
    pub(crate) structured: bool,
    /// Publish what is due, and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Serve /metrics for Prometheus, /livez and /readyz there meanwhile, such as 127.0.0.1:9464, instead of `[relay] listen`
    /// of evt.toml
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "dry_run", value_parser = socket_address)]
    pub(crate) listen: Option<SocketAddr>,
    /// Print what would be published first, and publish nothing
    #[arg(long, conflicts_with = "once")]
    pub(crate) dry_run: bool,
    /// With --dry-run: show personal data too
    #[arg(long, requires = "dry_run")]
    pub(crate) show_pii: bool,
    /// At most N events handed over and not acknowledged
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) batch: Option<u32>,
    /// How long a relay that says nothing keeps its lanes, such as 30s
    #[arg(long, value_name = "TIME")]
    pub(crate) lease: Option<String>,
    /// Publish there, although the events went somewhere else until now
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) change_destination: bool,
    #[command(flatten)]
    pub(crate) operator: OperatorArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

fn socket_address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "expected an IP address and a port, such as `127.0.0.1:9464` or `[::]:9464`")
}

/// `evt outbox list`.
#[derive(Debug, Args)]
pub(crate) struct ListRowsArguments {
    /// Only rows in these states: pending, retrying, held, published, dead, discarded
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub(crate) state: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) page: PageArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt outbox show`, `evt dead-letters show`.
#[derive(Debug, Args)]
pub(crate) struct ShowRowArguments {
    /// The event's id, or its place in the outbox
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Show personal data too
    #[arg(long)]
    pub(crate) show_pii: bool,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt outbox audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArguments {
    /// At most N entries
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
    /// Only entries behind this one: the last number of the page before
    #[arg(long, value_name = "NUMBER")]
    pub(crate) after: Option<i64>,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// Who changes something, and why.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Audit")]
pub(crate) struct OperatorArguments {
    /// Why, for the audit
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Who does it, for the audit, instead of the user's name
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) actor: Option<String>,
}

/// `evt outbox pause`, `evt outbox resume`.
#[derive(Debug, Args)]
pub(crate) struct PauseArguments {
    /// Only this event
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    #[command(flatten)]
    pub(crate) operator: OperatorArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt outbox cleanup`.
#[derive(Debug, Args)]
pub(crate) struct CleanupArguments {
    /// Remove what was published or discarded longer ago than AGE, such as 30d
    #[arg(long, value_name = "AGE")]
    pub(crate) older_than: Option<String>,
    /// Say what would be removed, and remove nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) operator: OperatorArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt dead-letters list`.
#[derive(Debug, Args)]
pub(crate) struct ListDeadArguments {
    /// Count them by what they have in common
    #[arg(long, value_name = "WHAT", conflicts_with = "after")]
    pub(crate) group_by: Option<GroupArgument>,
    /// List the keys whose events wait, instead
    #[arg(long, conflicts_with_all = ["group_by", "after", "event", "aggregate", "error", "since", "until"])]
    pub(crate) blocked: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) page: PageArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `--group-by`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum GroupArgument {
    /// The error, with # for words and quotations that hold a digit, and for e-mail addresses
    Error,
    /// The event
    Event,
}

/// Which dead letters an action is for, and how it goes.
#[derive(Debug, Args)]
pub(crate) struct BulkArguments {
    /// The ids of events, or their places in the outbox
    #[arg(value_name = "ID", conflicts_with_all = ["all", "event", "aggregate", "error", "since", "until"])]
    pub(crate) ids: Vec<String>,
    /// All dead letters
    #[arg(long, conflicts_with_all = ["event", "aggregate", "error", "since", "until"])]
    pub(crate) all: bool,
    /// At most N of them, oldest first
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// At most N a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: Option<u32>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) operator: OperatorArguments,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

/// `evt dead-letters retry`.
#[derive(Debug, Args)]
pub(crate) struct RetryArguments {
    /// Send those too whose key went on without them: later events may have been sent
    #[arg(long)]
    pub(crate) allow_reorder: bool,
    /// Send one with this payload instead: JSON, @FILE, or - for standard input
    #[arg(
        long,
        value_name = "JSON",
        allow_hyphen_values = true,
        requires = "ids",
        conflicts_with_all = ["upcast", "limit", "rate"]
    )]
    pub(crate) payload: Option<String>,
    /// Bring payloads to the latest version first, by the steps that generated code takes by itself
    #[arg(long)]
    pub(crate) upcast: bool,
    // Last: what comes behind its headings stands under them.
    #[command(flatten)]
    pub(crate) bulk: BulkArguments,
}

/// `evt dead-letters discard`.
#[derive(Debug, Args)]
pub(crate) struct DiscardArguments {
    #[command(flatten)]
    pub(crate) bulk: BulkArguments,
}
