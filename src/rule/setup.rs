//! Rules about the project and the machine it is on.

rules! {
    TOML_SYNTAX = "toml-syntax", Setup, Error, Fixed,
        "An `evt.toml` that is not TOML says nothing.",
        bad: "",
        good: "";
    CONFIG_VALUE = "config-value", Setup, Error, Fixed,
        "The setting is not of the form that it takes.",
        bad: "",
        good: "";
    PATH_OUTSIDE_PROJECT = "path-outside-project", Setup, Error, Fixed,
        "A project reads and writes inside its own folder, so that a checkout is all it needs.",
        bad: "",
        good: "";
    PROJECT_MISSING = "project-missing", Setup, Error, Fixed,
        "A project is a folder with an `evt.toml`.",
        bad: "",
        good: "";
    NOT_FOUND = "not-found", Setup, Error, Fixed,
        "What was asked for is not there.",
        bad: "",
        good: "";
    IO = "io", Setup, Error, Fixed,
        "The machine refused to read or write.",
        bad: "",
        good: "";
    GIT = "git", Setup, Error, Fixed,
        "Git refused, or does not hold what was asked for.",
        bad: "",
        good: "";
    USAGE = "usage", Setup, Error, Fixed,
        "The command was called in a way that it does not know.",
        bad: "",
        good: "";
}
