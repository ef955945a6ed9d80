//! The statements of one transaction.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::hand::{Candidate, Fate, Pick, Settle};
use super::super::lane::Range;
use super::super::store::{Loaded, Locked, Turn};
use super::horizon::{self, Sight};
use super::{Database, fail, load, scan};
use crate::outbox::Dialect;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::entry::whole;
use crate::outbox::operator::query::{Query, array};
use crate::outbox::operator::session::Session;

/// See [`Turn`].
pub(crate) struct DatabaseTurn<'d> {
    database: &'d Database,
    session: Session<'d>,
}

impl<'d> DatabaseTurn<'d> {
    pub(super) async fn begin(database: &'d Database) -> Result<Self, OutboxError> {
        Ok(Self { database, session: database.session().await? })
    }

    fn query(&self, sql: impl Into<String>) -> Query {
        Query::new(self.database.dialect(), sql)
    }

    async fn publish(&mut self, settles: &[Settle]) -> Result<(), OutboxError> {
        let published = settles.iter().filter(|settle| settle.fate == Fate::Published);
        let seqs: Vec<_> = published.clone().map(|settle| settle.seq).collect();
        let heads: Vec<_> = published.filter(|settle| settle.is_head).map(|settle| settle.seq).collect();
        if !seqs.is_empty() {
            self.move_to_published(&seqs).await?;
        }
        if !heads.is_empty() {
            self.session.run(self.query("DELETE FROM {T_key} WHERE head_seq").one_of(&heads)).await?;
        }
        Ok(())
    }

    async fn move_to_published(&mut self, seqs: &[i64]) -> Result<(), OutboxError> {
        let into = "INSERT INTO {T_published} (seq, attempts) SELECT seq, attempts + 1 FROM";
        let once = " ON CONFLICT (seq) DO NOTHING";
        match self.database.dialect() {
            Dialect::Postgres => {
                let query = self.query("WITH gone AS (DELETE FROM {T_work} WHERE seq").one_of(seqs);
                let query = query.push(&format!(" RETURNING seq, attempts) {into} gone{once}"));
                self.session.run(query).await?;
            }
            Dialect::Sqlite => {
                let query = self.query(format!("{into} {{T_work}} WHERE seq")).one_of(seqs);
                self.session.run(query.push(once)).await?;
                let query = self.query("DELETE FROM {T_work} WHERE seq").one_of(seqs);
                self.session.run(query).await?;
            }
        }
        Ok(())
    }

    async fn note_all(&mut self, notes: &[(u32, Vec<i64>)]) -> Result<(), OutboxError> {
        match self.database.dialect() {
            Dialect::Postgres => {
                let mut given = String::new();
                for (lane, rows) in notes {
                    let comma = if given.is_empty() { "" } else { ", " };
                    write!(given, "{comma}({lane}, '{}'::bigint[])", array(rows))
                        .expect("a string takes what is written");
                }
                let sql = format!(
                    "UPDATE {{T_lane}} AS lane SET in_hand = given.rows FROM (VALUES {given}) AS given (lane, rows) \
                     WHERE given.lane = lane.lane AND lane.route = "
                );
                self.session.run(self.query(sql).text(self.database.route)).await?;
            }
            Dialect::Sqlite => {
                for (lane, rows) in notes {
                    let query = self.query("UPDATE {T_lane} SET in_hand = ").list(rows);
                    let query = query.push(" WHERE lane = ").int(i64::from(*lane)).push(" AND route = ");
                    self.session.run(query.text(self.database.route)).await?;
                }
            }
        }
        Ok(())
    }
}

impl Turn for DatabaseTurn<'_> {
    async fn lock(&mut self, lanes: &[(u32, i64)]) -> Result<Locked, OutboxError> {
        let sql = format!(
            "SELECT CAST(lane AS bigint), token, generation, (SELECT count(*) FROM {{T_pause}} \
             WHERE event_name = '*'), {} FROM {{T_lane}} WHERE route = ",
            horizon::columns(self.database.dialect())
        );
        let query = self.query(sql).text(self.database.route).push(" AND owner = ");
        let query = query.id(self.database.relay).push(" ORDER BY lane");
        let query = match self.database.dialect() {
            Dialect::Postgres => query.push(" FOR UPDATE"),
            Dialect::Sqlite => query,
        };
        let tokens: BTreeMap<_, _> = lanes.iter().copied().collect();
        let (mut locked, mut horizon) = (Locked::default(), None);
        for mut row in self.session.rows(query).await? {
            let (lane, token, generation) = (whole(&mut row)?, row.int()?, row.int()?);
            locked.is_paused = row.truth()?;
            let sight = Sight { last: row.int()?, own: row.int()?, oldest: row.int()? };
            locked.horizon = *horizon.get_or_insert_with(|| self.database.horizon(sight));
            if tokens.get(&lane) == Some(&token) {
                locked.lanes.push((lane, generation));
            }
        }
        Ok(locked)
    }

    async fn settle(&mut self, settles: &[Settle]) -> Result<(), OutboxError> {
        self.publish(settles).await?;
        for settle in settles {
            fail::settle(&mut self.session, self.database, settle).await?;
        }
        Ok(())
    }

    async fn scan(&mut self, ranges: &[Range]) -> Result<Option<Vec<Candidate>>, OutboxError> {
        scan::scan(&mut self.session, self.database, ranges).await
    }

    async fn block(&mut self, blocked: &[(u32, Arc<str>, i64)]) -> Result<(), OutboxError> {
        for (lane, key, seq) in blocked {
            let sql = "INSERT INTO {T_key} (route, partition_key, lane, head_seq) VALUES (";
            let query = self.query(sql).text(self.database.route).push(", ").text(&**key).push(", ");
            let query = query.int(i64::from(*lane)).push(", ").int(*seq);
            self.session.run(query.push(") ON CONFLICT (route, partition_key) DO NOTHING")).await?;
        }
        Ok(())
    }

    async fn load(&mut self, picks: &[Pick]) -> Result<Loaded, OutboxError> {
        load::load(&mut self.session, picks).await
    }

    async fn note(&mut self, notes: &[(u32, Vec<i64>)], freed: &[u32]) -> Result<(), OutboxError> {
        if !notes.is_empty() {
            self.note_all(notes).await?;
        }
        if !freed.is_empty() {
            let sql = "UPDATE {T_lane} SET owner = NULL, leased_until = NULL WHERE route = ";
            let freed: Vec<_> = freed.iter().copied().map(i64::from).collect();
            let query = self.query(sql).text(self.database.route).push(" AND lane").one_of(&freed);
            self.session.run(query).await?;
        }
        Ok(())
    }

    async fn commit(self) -> Result<(), OutboxError> {
        self.session.commit().await
    }
}
