//! How the databases find what operators ask for: no question reads a table that grows from one end to the other.

use std::ops::ControlFlow;

use evt_runtime::outbox::Dialect;
use evt_runtime::outbox::operator::{Bulk, Filter, Operator, Outbox, OutboxError, Page, State, VersionRows};
use jiff::SignedDuration;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Row as _, SqlitePool};

use State::{Dead, Discarded, Held, Pending, Published, Retrying};

use crate::filled::{Filled, now};
use crate::heard::Ear;
use crate::server::Place;

const FILLED: Filled = Filled {
    published: 20_000,
    dead: 2_000,
    retrying: 500,
    discarded: 500,
    pending: 1_000,
    aggregates: 1_000,
};

/// A question, by what is asked.
enum Asked {
    List(Filter, Option<i64>),
    CountDead(Filter),
    Retry(Filter),
    Entry(u32),
    IdAt(i64),
    Blocked,
    Audit,
    Stats,
    Health,
    OldestAge,
    Unpublished,
    Payloads(i64),
    CountOld,
    Cleanup,
}

fn questions(filters: Vec<(String, Filter)>) -> Vec<(String, Asked)> {
    let mut all = Vec::new();
    for (said, filter) in filters.clone() {
        all.push((format!("list {said}"), Asked::List(filter.clone(), None)));
        all.push((format!("list {said} after 12000"), Asked::List(filter, Some(12_000))));
    }
    for (said, filter) in filters.into_iter().filter(|(_, filter)| filter.states.is_empty()) {
        all.push((format!("count dead {said}"), Asked::CountDead(filter.clone())));
        all.push((format!("retry {said}"), Asked::Retry(filter)));
    }
    let last = FILLED.rows();
    // One that was published, one that was corrected, a correction, the last one, one that is not there.
    for seq in [5, 300, last + 300, last, last * 2] {
        all.push((format!("entry {seq}"), Asked::Entry(seq)));
    }
    all.push(("id at".to_owned(), Asked::IdAt(last.into())));
    all.push(("blocked".to_owned(), Asked::Blocked));
    all.push(("audit".to_owned(), Asked::Audit));
    all.push(("stats".to_owned(), Asked::Stats));
    all.push(("health".to_owned(), Asked::Health));
    all.push(("oldest age".to_owned(), Asked::OldestAge));
    all.push(("unpublished".to_owned(), Asked::Unpublished));
    for after in [0, 12_000, 23_500] {
        all.push((format!("payloads after {after}"), Asked::Payloads(after)));
    }
    all.push(("count old".to_owned(), Asked::CountOld));
    all.push(("cleanup".to_owned(), Asked::Cleanup));
    all
}

/// Every filter by itself, and every pair of them.
fn filters() -> Vec<(String, Filter)> {
    let mut all = vec![(String::new(), Filter::default())];
    let singles = singles();
    all.extend(singles.iter().map(|(said, single)| (said.clone(), single.clone())));
    for (at, (one_said, one)) in singles.iter().enumerate() {
        for (other_said, other) in &singles[at + 1..] {
            if let Some(both) = both(one, other) {
                all.push((format!("{one_said} {other_said}"), both));
            }
        }
    }
    all
}

fn singles() -> Vec<(String, Filter)> {
    let mut all = Vec::new();
    let mut add = |said: String, filter: Filter| all.push((said, filter));
    let plain = Filter::default;
    for states in [
        &[Pending][..],
        &[Retrying],
        &[Held],
        &[Published],
        &[Dead],
        &[Discarded],
        &[Pending, Retrying, Held],
        &[Dead, Held],
        &[Published, Pending],
        &[Published, Dead],
    ] {
        add(format!("{states:?}"), Filter { states: states.to_vec(), ..plain() });
    }
    for event in ["cow_fed", "cow_sold", "nothing"] {
        add(format!("event {event}"), Filter { event: Some(event.to_owned()), ..plain() });
    }
    for id in ["20", "nobody"] {
        let aggregate = Some(("Cow".to_owned(), id.to_owned()));
        add(format!("aggregate {id}"), Filter { aggregate, ..plain() });
    }
    for error in ["413", "row 1100 ", "nothing"] {
        add(format!("error {error}"), Filter { error: Some(error.to_owned()), ..plain() });
    }
    for (said, ago) in
        [("a minute ago", 60), ("hours ago", 20_000), ("a day ago", 90_000), ("in a day", -90_000)]
    {
        let at = Some(now() - SignedDuration::from_secs(ago));
        add(format!("since {said}"), Filter { since: at, ..plain() });
        add(format!("until {said}"), Filter { until: at, ..plain() });
    }
    for ids in [&[11][..], &[11, 12, 300, 24_000, 99_999]] {
        add(
            format!("ids {ids:?}"),
            Filter { ids: ids.iter().map(|seq| Filled::id(*seq)).collect(), ..plain() },
        );
    }
    all
}

/// Two filters at once, unless they are of one kind.
fn both(one: &Filter, other: &Filter) -> Option<Filter> {
    let is_both = |of: fn(&Filter) -> bool| of(one) && of(other);
    let same = is_both(|it| !it.states.is_empty())
        || is_both(|it| it.event.is_some())
        || is_both(|it| it.aggregate.is_some())
        || is_both(|it| it.error.is_some())
        || is_both(|it| it.since.is_some())
        || is_both(|it| it.until.is_some())
        || is_both(|it| !it.ids.is_empty());
    let joined = Filter {
        states: [one.states.clone(), other.states.clone()].concat(),
        event: one.event.clone().or_else(|| other.event.clone()),
        aggregate: one.aggregate.clone().or_else(|| other.aggregate.clone()),
        error: one.error.clone().or_else(|| other.error.clone()),
        since: one.since.or(other.since),
        until: one.until.or(other.until),
        ids: [one.ids.clone(), other.ids.clone()].concat(),
    };
    (!same).then_some(joined)
}

async fn ask(outbox: &Outbox, asked: Asked) -> Result<(), OutboxError> {
    let anna = Operator::new("anna");
    let once = &mut |_| ControlFlow::Break(());
    match asked {
        Asked::List(filter, after) => outbox.list(&filter, Page { limit: 50, after }).await.map(drop),
        Asked::CountDead(filter) => outbox.count_dead(&filter).await.map(drop),
        Asked::Retry(filter) => {
            let few = Bulk { limit: Some(5), ..Bulk::default() };
            outbox.retry(&filter, few, &anna, once).await.map(drop)
        }
        Asked::Entry(seq) => match outbox.entry(Filled::id(seq)).await {
            Err(OutboxError::Unknown { .. }) => Ok(()),
            other => other.map(drop),
        },
        Asked::IdAt(seq) => outbox.id_at(seq).await.map(drop),
        Asked::Blocked => outbox.blocked(50).await.map(drop),
        Asked::Audit => outbox.audit(Page::first(50)).await.map(drop),
        Asked::Stats => outbox.stats().await.map(drop),
        Asked::Health => outbox.health().await.map(drop),
        Asked::OldestAge => outbox.oldest_age("broker").await.map(drop),
        Asked::Unpublished => outbox.unpublished().await.map(drop),
        Asked::Payloads(after) => {
            let fed =
                VersionRows { event_name: "cow_fed".to_owned(), event_version: 1, ..VersionRows::default() };
            outbox.unpublished_payloads(&[&fed], after).await.map(drop)
        }
        Asked::CountOld => outbox.count_old(now()).await.map(drop),
        Asked::Cleanup => outbox.cleanup(now(), &anna, once).await.map(drop),
    }
}

/// A statement that counts: all of `T_published`, or all of `T_work`, of which the dead are half here.
fn counts_all(sql: &str) -> bool {
    let sql = sql.trim();
    let counts = ["SELECT count(", "SELECT state, count(", "SELECT content.event_name, count("];
    counts.iter().any(|begin| sql.starts_with(begin)) || sql.contains("max(dead_lettered_at)")
}

#[tokio::test]
async fn postgres_reads_few_rows() {
    let Some(place) = Place::new().await else { return };
    for statement in FILLED.statements(Dialect::Postgres) {
        place.run(&statement.replace("{T}", &place.table)).await;
    }
    let outbox = explained(&place).await;
    let ear = Ear::new(&place.schema);
    let mut wrong = Vec::new();
    // Right after rows were loaded PostgreSQL knows nothing of them.
    for is_analyzed in [false, true] {
        if is_analyzed {
            for table in ["", "_work", "_published", "_attempt"] {
                place.run(&format!("ANALYZE {}{table}", place.table)).await;
            }
        }
        for (said, asked) in questions(if is_analyzed { filters() } else { singles() }) {
            ear.heard();
            if let Err(error) = ask(&outbox, asked).await {
                wrong.push(format!("{said} (analyzed: {is_analyzed}): {error}"));
            }
            for plan in ear.heard().iter().filter(|text| text.contains("Query Text:")) {
                let found = postgres_faults(plan, is_analyzed);
                if !found.is_empty() {
                    wrong.push(format!("{said} (analyzed: {is_analyzed}): {}\n{plan}", found.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n\n"));
}

/// The same outbox by a connection that tells the plan of each statement.
async fn explained(place: &Place) -> Outbox {
    let options: PgConnectOptions = place.url.parse().unwrap();
    let options = options.options([
        ("session_preload_libraries", "auto_explain"),
        ("auto_explain.log_min_duration", "0"),
        ("auto_explain.log_analyze", "on"),
        ("auto_explain.log_timing", "off"),
        ("client_min_messages", "log"),
    ]);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    Outbox::postgres(pool, &place.table).unwrap()
}

/// How many rows of a table that grows one step of a plan may touch: there are 3,000 that failed.
const MOST_TOUCHED: f64 = 5_000.0;

fn postgres_faults(plan: &str, is_analyzed: bool) -> Vec<String> {
    let most = if is_analyzed { MOST_TOUCHED } else { f64::from(FILLED.rows()) * 1.1 };
    let (mut faults, mut step, mut is_new) = (Vec::new(), None, false);
    let sql = plan.split("Query Text:").nth(1).unwrap().lines().next().unwrap();
    for line in plan.lines() {
        let line = line.trim().trim_start_matches("->").trim();
        if line.contains("(actual rows=") || line.contains("(never executed)") {
            step = scanned(line);
            is_new = true;
        }
        let Some((name, rows, loops)) = &mut step else { continue };
        if std::mem::take(&mut is_new)
            && is_analyzed
            && name.starts_with("Seq Scan")
            && *loops > 0.0
            && (!counts_all(sql) || name.starts_with("Seq Scan on evt_outbox "))
        {
            faults.push(name.clone());
        }
        if let Some((_, removed)) = line.split_once("Rows Removed by ") {
            *rows += removed.split_once(": ").unwrap().1.parse::<f64>().unwrap();
        }
        if *rows * *loops > most && !counts_all(sql) {
            faults.push(format!("{name} touches {} rows", *rows * *loops));
            *rows = 0.0;
        }
    }
    faults
}

/// A step that reads one of the tables that grow: what it is, how many rows it gives, how often.
fn scanned(line: &str) -> Option<(String, f64, f64)> {
    let (name, _) = line.split_once("  (")?;
    let (_, table) = name.split_once(" on ")?;
    let table = table.split(' ').next()?;
    if !["evt_outbox", "evt_outbox_work", "evt_outbox_published", "evt_outbox_attempt"].contains(&table) {
        return None;
    }
    let number = |after: &str| -> f64 {
        let rest = line.split(after).nth(1).unwrap_or("0");
        rest.split([' ', ')']).next().unwrap().parse().unwrap()
    };
    Some((name.to_owned(), number("(actual rows="), number("loops=")))
}

#[tokio::test]
async fn sqlite_reads_few_rows() {
    let options = SqliteConnectOptions::new().in_memory(true);
    let pool =
        SqlitePoolOptions::new().max_connections(1).idle_timeout(None).connect_with(options).await.unwrap();
    let outbox = Outbox::sqlite(pool.clone(), "plans").unwrap();
    outbox.migrate().await.unwrap();
    for statement in FILLED.statements(Dialect::Sqlite) {
        sqlx::raw_sql(AssertSqlSafe(statement.replace("{T}", "plans"))).execute(&pool).await.unwrap();
    }
    let ear = Ear::new("\"plans\"");
    let mut wrong = Vec::new();
    for (said, asked) in questions(filters()) {
        ear.heard();
        ask(&outbox, asked).await.unwrap();
        for sql in ear.heard().iter().filter_map(|text| statement(text)) {
            let plan = sqlite_plan(&pool, &sql).await;
            for fault in sqlite_faults(&said, &sql, &plan) {
                wrong.push(format!("{said}: {fault}\n{sql}\n{plan}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n\n"));
}

fn sqlite_faults(said: &str, sql: &str, plan: &str) -> Vec<String> {
    if counts_all(sql) {
        // Whatever is counted, contents are looked up one by one.
        let reads_contents =
            |line: &&str| ["SCAN content", "SCAN sent"].iter().any(|read| line.starts_with(read));
        return plan.lines().filter(reads_contents).map(str::to_owned).collect();
    }
    let narrows = ["event", "since", "until", "aggregate", "ids"].iter().any(|word| said.contains(word));
    let first = usize::from(plan.starts_with("CO-ROUTINE found"));
    let is_fault = |at: usize, line: &str| {
        let Some(read) = line.strip_prefix("SCAN ") else { return false };
        let table = read.split(' ').next().unwrap_or(read);
        let grows =
            ["content", "work", "published", "sent", "given", "newer", "last", "plans"].contains(&table);
        let is_of_few =
            ["_dead", "_retrying", "_discarded", "_failed"].iter().any(|index| read.ends_with(index));
        // The first table of a page is read from its newest row on, and no further than the page is filled: that is right
        // without a filter and where most rows are in the states that are asked for. `T_work` holds what waits, mostly.
        let is_walk = first == 1 && at == first && !read.contains(" USING ") && !sorts_places(plan);
        grows && !is_of_few && !(is_walk && (table == "work" || !narrows))
    };
    plan.lines()
        .enumerate()
        .filter(|(at, line)| is_fault(*at, line))
        .map(|(_, line)| line.to_owned())
        .collect()
}

/// Whether the rows of a page are sorted before it is cut off.
fn sorts_places(plan: &str) -> bool {
    plan.split("SCAN found").next().is_some_and(|found| found.contains("TEMP B-TREE"))
}

/// The statement in what sqlx logged.
fn statement(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("db.statement=")?;
    let (sql, _) = rest.split_once("rows_affected=")?;
    Some(sql.trim().to_owned())
}

async fn sqlite_plan(pool: &SqlitePool, sql: &str) -> String {
    let rows =
        sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(3)).collect::<Vec<_>>().join("\n")
}

/// Both databases find the key that waits for a row, however many keys wait.
#[tokio::test]
async fn a_blocked_key_is_found_by_its_head() {
    let many = "INSERT INTO {T}_key (route, partition_key, lane, head_seq, halted) \
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) \
        SELECT 'broker', 'Cow/' || n, 0, n, {true} FROM numbers";
    let asked = "UPDATE {T}_key SET halted = {false} WHERE head_seq";
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    Outbox::sqlite(pool.clone(), "plans").unwrap().migrate().await.unwrap();
    let fill = many.replace("{T}", "plans").replace("{true}", "1");
    sqlx::raw_sql(AssertSqlSafe(fill)).execute(&pool).await.unwrap();
    let asked_here = asked.replace("{T}", "plans").replace("{false}", "0");
    let plan = sqlite_plan(&pool, &format!("{asked_here} IN (SELECT value FROM json_each('[1,2,3]'))")).await;
    assert!(plan.contains("plans_key_head"), "{plan}");

    let Some(place) = Place::new().await else { return };
    let table = &place.table;
    place.run(&many.replace("{T}", table).replace("{true}", "true")).await;
    place.run(&format!("ANALYZE {table}_key")).await;
    let asked = asked.replace("{T}", table).replace("{false}", "false");
    let plan = place.texts(&format!("EXPLAIN {asked} = ANY('{{1,2,3}}'::bigint[])")).await.join("\n");
    assert!(plan.contains("Index"), "{plan}");
}
