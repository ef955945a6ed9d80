//! Whether an outbox can be handed over from a relay that published it so far.

use super::Captured;
use super::record::Record;
use crate::outbox::Dialect;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::query::Query;
use crate::outbox::operator::session::Access;

impl Captured {
    /// What stands in the way of handing over from a relay, if anything does: trouble with the slot, events that were
    /// stored before it and are not published, or a transaction that may store some of those still.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::OutboxError;
    /// use evt_runtime::transport::Captured;
    ///
    /// async fn may_take_over(captured: &Captured) -> Result<bool, OutboxError> {
    ///     Ok(captured.obstacle().await?.is_none())
    /// }
    /// ```
    pub async fn obstacle(&self) -> Result<Option<String>, OutboxError> {
        let look = self.look(&[]).await?;
        let (after, xid) = match (look.trouble(&self.slot), look.record) {
            (None, Record::From { after, xid }) => (after, xid),
            (trouble, _) => return Ok(trouble.map(|trouble| trouble.to_string())),
        };
        let sql = "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint <= ";
        let query = Query::new(Dialect::Postgres, sql).int(xid).push(
            ")::int::bigint, count(*) FILTER (WHERE state IN ('pending', 'retrying')), \
             count(*) FILTER (WHERE state = 'dead') FROM {T_work} WHERE route = 'broker' AND content_seq <= ",
        );
        let mut row = self.outbox.only_row(Access::Read, query.int(after)).await?;
        let (is_open, waiting, dead) = (row.truth()?, row.int()?, row.int()?);
        Ok(self.told(is_open, waiting, dead))
    }

    fn told(&self, is_open: bool, waiting: i64, dead: i64) -> Option<String> {
        let slot = &self.slot;
        if waiting + dead > 0 {
            return Some(format!(
                "of what was stored before the slot `{slot}`, {waiting} {} and {dead} {}",
                if waiting == 1 { "row waits to be published" } else { "rows wait to be published" },
                if dead == 1 { "is a dead letter" } else { "are dead letters" },
            ));
        }
        is_open.then(|| {
            format!("a transaction is open that began before the slot `{slot}`, and may store events yet")
        })
    }
}
