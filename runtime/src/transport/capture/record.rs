//! What the audit says of a slot: from which place on it has every event, or that it was gone.

use serde_json::Value;

use super::{Captured, Trouble};
use crate::outbox::operator::action::Record as Entry;
use crate::outbox::operator::session::Access;
use crate::outbox::operator::{Action, Operator, OutboxError};

/// The latest entry of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// Nobody made it by the statements that are meant for it.
    Missing,
    /// It has what was stored behind this place; a transaction with a greater number has stored nothing before it.
    From { after: i64, xid: i64 },
    /// It was gone since then.
    Lost,
}

impl Record {
    /// Reads what `capture_sql` and `record_loss` write.
    pub(super) fn read(filter: Option<&str>) -> Self {
        let Some(filter) = filter else { return Self::Missing };
        let filter: Value = serde_json::from_str(filter).unwrap_or_default();
        let xid = filter.get("xid").and_then(Value::as_str).and_then(|xid| xid.parse().ok());
        match (filter.get("lost"), filter.get("after").and_then(Value::as_i64), xid) {
            (Some(_), _, _) => Self::Lost,
            (None, Some(after), Some(xid)) => Self::From { after, xid },
            _ => Self::Missing,
        }
    }
}

impl Captured {
    /// Writes down that the slot was seen to be gone.
    pub(super) async fn record_loss(&self, trouble: &Trouble) -> Result<(), OutboxError> {
        let filter = serde_json::json!({ "slot": self.slot.as_str(), "lost": trouble.code() }).to_string();
        let operator = Operator::new("evt").because(trouble.to_string());
        let mut session = self.outbox.session(Access::Write).await?;
        let record = Entry::begin(&mut session, &operator, Action::Capture, &filter).await?;
        record.add(&mut session, 0, 0).await?;
        session.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn what_is_not_said_is_not_believed() {
        let read = |filter| Record::read(Some(filter));
        assert_eq!(read(r#"{"slot": "s", "after": 7, "xid": "99"}"#), Record::From { after: 7, xid: 99 });
        assert_eq!(read(r#"{"slot": "s", "lost": "no_slot"}"#), Record::Lost);
        for filter in
            ["", "{}", r#"{"after": null, "xid": "99"}"#, r#"{"after": 7}"#, r#"{"after": "7", "xid": "9"}"#]
        {
            assert_eq!(read(filter), Record::Missing, "{filter}");
        }
        assert_eq!(Record::read(None), Record::Missing);
    }
}
