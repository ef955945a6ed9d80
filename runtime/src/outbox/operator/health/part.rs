//! The parts of a layout that are there, and those that are not.

use std::collections::BTreeSet;

use super::super::query::Query;
use super::super::session::Access;
use super::super::{Outbox, OutboxError};
use crate::outbox::layout::made;
use crate::outbox::{Dialect, Part};

crate::words! {
    /// What is wrong with a part of the layout.
    ///
    /// ```
    /// assert_eq!(evt_runtime::outbox::operator::FlawKind::Missing.as_str(), "missing");
    /// ```
    FlawKind {
        /// It is not there.
        Missing = "missing",
        /// PostgreSQL: an index that costs writers something and serves nobody, as one whose making was broken off.
        Invalid = "invalid",
    }
}

/// A part of the outbox that is missing or of no use.
///
/// ```
/// use evt_runtime::outbox::Part;
/// use evt_runtime::outbox::operator::{Flaw, FlawKind};
///
/// let flaw = Flaw {
///     part: Part::Index,
///     name: "evt_outbox_id".into(),
///     kind: FlawKind::Missing,
///     statement: Some("CREATE UNIQUE INDEX …".into()),
/// };
/// assert_eq!(format!("{} {} is {}", flaw.part, flaw.name, flaw.kind), "index evt_outbox_id is missing");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What it is.
    pub part: Part,
    /// Its name, without a schema.
    pub name: String,
    /// What is wrong.
    pub kind: FlawKind,
    /// The statement that makes it, an index of PostgreSQL without keeping writers out; `None` for an index that the
    /// layout does not have.
    pub statement: Option<String>,
}

impl Outbox {
    /// What a layout makes and is not there, and indexes of no use.
    pub(super) async fn flaws(&self, layout: u32) -> Result<Vec<Flaw>, OutboxError> {
        let (there, invalid) = match self.dialect() {
            Dialect::Postgres => (self.names(&self.postgres_names()).await?, self.invalid_indexes().await?),
            Dialect::Sqlite => (self.names("SELECT lower(name) FROM sqlite_master").await?, BTreeSet::new()),
        };
        let stored = |name: &str| match self.dialect() {
            Dialect::Postgres => name.to_owned(),
            Dialect::Sqlite => name.to_ascii_lowercase(),
        };
        let (mut flaws, mut known) = (Vec::new(), BTreeSet::new());
        for (part, name, statement) in made(self.dialect(), self.table(), layout) {
            let kind = if !there.contains(&stored(&name)) {
                Some(FlawKind::Missing)
            } else if invalid.contains(&name) {
                Some(FlawKind::Invalid)
            } else {
                None
            };
            let statement = match (self.dialect(), part) {
                (Dialect::Postgres, Part::Index) => statement.replacen(" INDEX ", " INDEX CONCURRENTLY ", 1),
                _ => statement,
            };
            known.insert(name.clone());
            flaws.extend(kind.map(|kind| Flaw { part, name, kind, statement: Some(statement) }));
        }
        let strangers = invalid.into_iter().filter(|name| !known.contains(name));
        flaws.extend(strangers.map(|name| Flaw {
            part: Part::Index,
            name,
            kind: FlawKind::Invalid,
            statement: None,
        }));
        Ok(flaws)
    }

    async fn names(&self, sql: &str) -> Result<BTreeSet<String>, OutboxError> {
        let rows = self.session(Access::Read).await?.rows(Query::new(self.dialect(), sql)).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }

    /// All that stands in the schema of the tables under a name that begins with theirs.
    fn postgres_names(&self) -> String {
        let (layout, name) = (self.table().literal("_layout"), self.table().bare_literal(""));
        format!(
            "SELECT CAST(relname AS text) FROM pg_class WHERE left(relname, length({name})) = {name} AND relnamespace = \
             (SELECT relnamespace FROM pg_class WHERE oid = to_regclass({layout}))"
        )
    }

    /// Those of the tables of the outbox that no statement uses; one that is being made is none of them.
    async fn invalid_indexes(&self) -> Result<BTreeSet<String>, OutboxError> {
        let (layout, name) = (self.table().literal("_layout"), self.table().bare_literal(""));
        let sql = format!(
            "SELECT CAST(made.relname AS text) FROM pg_index AS index JOIN pg_class AS made ON made.oid = index.indexrelid \
             JOIN pg_class AS indexed ON indexed.oid = index.indrelid \
             WHERE NOT (index.indisvalid AND index.indisready) AND left(indexed.relname, length({name})) = {name} \
             AND indexed.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass({layout})) \
             AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index AS progress \
             WHERE progress.index_relid = index.indexrelid)"
        );
        self.names(&sql).await
    }
}
