//! Rules about the project and the machine it is on.

rules! {
    TOML_SYNTAX = "toml-syntax", Setup, Error, Fixed,
        "An `evt.toml` that is not TOML says nothing.",
        bad: r"
# evt.toml
[schema]
path = schemas/events.json
",
        good: r#"
# evt.toml
[schema]
path = "schemas/events.json"
"#;
    CONFIG_VALUE = "config-value", Setup, Error, Fixed,
        "A setting of another form than it takes could only be guessed at, or left out in silence.",
        bad: r#"
# evt.toml
[outbox]
retention = "a month"
"#,
        good: r#"
# evt.toml
[outbox]
retention = "30d"
"#;
    PATH_OUTSIDE_PROJECT = "path-outside-project", Setup, Error, Fixed,
        "A project reads and writes inside its own folder, so that a checkout is all it needs.",
        bad: r#"
# evt.toml
[schema]
path = "../shared/events.json"
"#,
        good: r#"
# evt.toml
[schema]
path = "schemas/events.json"
"#;
    PROJECT_MISSING = "project-missing", Setup, Error, Fixed,
        "A project is a folder with an `evt.toml`, looked for from the working directory upwards.",
        bad: r"
$ ls
farm/
$ evt verify
",
        good: r"
$ ls farm
evt.toml  events/  schemas/
$ evt -C farm verify
";
    NOT_FOUND = "not-found", Setup, Error, Fixed,
        "What was asked for is not there.",
        bad: r"
$ evt show cow_feed
",
        good: r"
$ evt list
$ evt show cow_fed
";
    PAYLOAD = "payload", Setup, Error, Fixed,
        "What is written to the outbox is held against the schema file first: readers rely on it.",
        bad: r#"
$ evt outbox enqueue cow_fed --payload '{"weihgt": 2.5}'
"#,
        good: r#"
$ evt show cow_fed
$ evt outbox enqueue cow_fed --payload '{"weight": 2.5}'
"#;
    AVRO_NAME_COLLISION = "avro-name-collision", Setup, Error, Fixed,
        "In Avro, fields of one record and records of one namespace have different names: what a name cannot hold is `_`.",
        bad: r"
$ evt show cow_fed
cow-id  string
cow_id  string
$ evt export avro cow_fed
",
        good: r"
$ evt export json-schema cow_fed
";
    DATABASE = "database", Setup, Error, Fixed,
        "The database could not be reached, or refused. What was not committed is undone.",
        bad: r"
$ evt outbox stats --database postgres://db.farm/farm
",
        good: r"
$ evt outbox migrate --database postgres://db.farm/farm
$ evt outbox stats --database postgres://db.farm/farm
";
    RELAY_DESTINATION = "relay-destination", Setup, Error, Fixed,
        "An outbox is published to one place: its readers there would miss what is published elsewhere.",
        bad: r"
$ evt outbox publish --to nats://old.farm
$ evt outbox publish --to nats://new.farm
",
        good: r"
$ evt outbox publish --to nats://new.farm --change-destination --reason 'the broker moved'
";
    RELAY_UNREACHABLE = "relay-unreachable", Setup, Error, Fixed,
        "Events stay in the outbox until their destination takes them; that costs none of them an attempt.",
        bad: r"
$ evt outbox publish --to https://down.farm/hooks --once
",
        good: r"
$ curl --head https://hooks.farm/hooks
$ evt outbox publish --to https://hooks.farm/hooks --once
";
    IO = "io", Setup, Error, Fixed,
        "The machine refused to read or write, so nothing can be said about what is on it.",
        bad: r"
$ ls -ld schemas
dr-xr-xr-x  farmer  schemas
$ evt dump
",
        good: r"
$ chmod u+w schemas
$ evt dump
";
    GIT = "git", Setup, Error, Fixed,
        "Git refused, or does not hold what was asked for, so nothing can be proven against it.",
        bad: r"
$ git clone --depth 1 --branch topic …
$ evt verify --against origin/main
",
        good: r"
$ git fetch origin main:refs/remotes/origin/main
$ evt verify --against origin/main
";
    USAGE = "usage", Setup, Error, Fixed,
        "The command was called in a way that it does not know.",
        bad: r"
$ evt dump --dryrun
",
        good: r"
$ evt dump --dry-run
";
}
