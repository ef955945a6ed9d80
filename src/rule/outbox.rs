//! Rules about how an outbox fares: what `evt outbox doctor` looks at.

rules! {
    OUTBOX_NOT_MIGRATED = "outbox-not-migrated", Outbox, Error, Fixed,
        "Events are written to tables that only a migration makes and brings up to date.",
        bad: r"
$ evt outbox migrate --status
there is no outbox `evt_outbox` in sqlite:evt.db
",
        good: r"
$ evt outbox migrate
$ evt outbox migrate --status
`evt_outbox` has layout 1: nothing is to be done
";
    OUTBOX_INCOMPLETE = "outbox-incomplete", Outbox, Error, Adjustable,
        "Each table and each index of the outbox is there for a question that relays or operators ask; without it they \
         fail, or read every row.",
        bad: r#"
DROP INDEX "evt_outbox_work_lane";
"#,
        good: r"
$ evt outbox migrate --print
-- run what it prints for the part that is gone
";
    OUTBOX_LAG = "outbox-lag", Outbox, Error, Adjustable,
        "Who reads the events believes in a state of the world that is as old as the oldest one that waits.",
        bad: r#"
# evt.toml; the oldest row waits for 12m
[doctor]
max_lag = "5m"
"#,
        good: r#"
# evt.toml; the oldest row waits for 3s
[doctor]
max_lag = "5m"
"#;
    OUTBOX_NEW_DEAD_LETTERS = "outbox-new-dead-letters", Outbox, Error, Adjustable,
        "A dead letter was lost to its readers until somebody looks at it; many in one hour have a common cause.",
        bad: r"
# evt.toml; the last hour brought 2
[doctor]
max_new_dead = 1
",
        good: r"
# evt.toml; the last hour brought 1
[doctor]
max_new_dead = 1
";
    OUTBOX_BLOCKED_KEYS = "outbox-blocked-keys", Outbox, Error, Adjustable,
        "All later events of a blocked key wait for its first one.",
        bad: r"
$ evt dead-letters list --blocked
",
        good: r"
$ evt dead-letters list --blocked
$ evt dead-letters retry 4711
";
    OUTBOX_UNKNOWN_EVENT = "outbox-unknown-event", Outbox, Error, Adjustable,
        "What the schema file does not know was written by a program made of other definitions; nobody who reads by this \
         schema file can read it.",
        bad: r"
$ evt list
cow_fed@1
# a service of another branch wrote cow_fed@2
",
        good: r"
$ git merge the-branch && evt dump
$ evt list
cow_fed@2
";
    OUTBOX_NO_RELAY = "outbox-no-relay", Outbox, Error, Adjustable,
        "Rows are published by relays alone.",
        bad: r"
$ systemctl stop farm-relay
",
        good: r"
$ systemctl start farm-relay
";
    OUTBOX_NO_SUBSCRIBER = "outbox-no-subscriber", Outbox, Error, Adjustable,
        "A durable event for which no process has a subscriber waits for ever, and says nothing.",
        bad: r"
event_name: cow_fed
event_type: domain
process_type: durable
# and no service subscribes to it
",
        good: r"
event_name: cow_fed
event_type: domain
process_type: broker
";
    OUTBOX_BREAKER_OPEN = "outbox-breaker-open", Outbox, Error, Adjustable,
        "A relay hands nothing to a connection that does not answer; the rows wait, and go on by themselves.",
        bad: r"
$ nc -z broker.farm 4222
connection refused
",
        good: r"
$ systemctl start nats
$ nc -z broker.farm 4222
";
    OUTBOX_PAUSED = "outbox-paused", Outbox, Info, Adjustable,
        "What was paused is published again only when somebody says so.",
        bad: r"
$ evt outbox pause --event cow_fed --reason maintenance
",
        good: r"
$ evt outbox resume --event cow_fed
";
    OUTBOX_VACUUM_HELD_BACK = "outbox-vacuum-held-back", Outbox, Error, Adjustable,
        "While a transaction is open PostgreSQL removes no row that was deleted since it began; the outbox deletes one for \
         each event, and gets slower with all that are left.",
        bad: r"
$ psql farm
farm=# BEGIN; SELECT count(*) FROM cows;
-- and on to lunch
",
        good: r"
$ psql farm
farm=# SELECT count(*) FROM cows;
";
    OUTBOX_COMMIT_NOT_DURABLE = "outbox-commit-not-durable", Outbox, Error, Adjustable,
        "With `synchronous_commit` off PostgreSQL says that a transaction is committed before it is on the disk: a crash \
         may take back events, and the work that they speak of.",
        bad: r"
ALTER ROLE farm SET synchronous_commit = off;
",
        good: r"
ALTER ROLE farm RESET synchronous_commit;
";
    OUTBOX_JOURNAL_MODE = "outbox-journal-mode", Outbox, Error, Adjustable,
        "Without a write-ahead log SQLite lets nobody read while somebody writes: relays and services wait for each other.",
        bad: r"
PRAGMA journal_mode = DELETE;
",
        good: r"
PRAGMA journal_mode = WAL;
";
    OUTBOX_NOT_SEEN = "outbox-not-seen", Outbox, Error, Adjustable,
        "A monitor that may not see which rows wait, which are dead and which relays live would be silent for ever.",
        bad: r"
$ evt outbox doctor --database postgres://writer@db.farm/farm
",
        good: r"
GRANT SELECT ON ALL TABLES IN SCHEMA farm TO doctor;
$ evt outbox doctor --database postgres://doctor@db.farm/farm
";
    OUTBOX_CHECK_SKIPPED = "outbox-check-skipped", Outbox, Warn, Adjustable,
        "What could not be looked at may be well or not.",
        bad: r"
-- the role sees no transactions of other roles
$ evt outbox doctor --database postgres://doctor@db.farm/farm
",
        good: r"
GRANT pg_read_all_stats TO doctor;
$ evt outbox doctor --database postgres://doctor@db.farm/farm
";
}
